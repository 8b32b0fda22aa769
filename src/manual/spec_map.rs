//! Spec map: from the clauses of the specifications to code and tests.
//!
//! A clause is listed where the code relies on it or says that a file departs from it. Functions
//! are named below their folder under `src/`. Tests are unit tests in the same folder unless
//! another place is named; *kit* stands for the writers of `crates/testkit`, which build the
//! structure anew and are themselves held against strict readers of somebody else's. A dash says
//! that no test is named after the clause yet.
//!
//! # Compound files: `[MS-CFB]`, in `container/cfb`
//!
//! | clause | about | function | test |
//! |---|---|---|---|
//! | 2.1 | sector numbers and marks | `chain::Chain` | `a_chain_ends_at_the_mark`, `a_link_to_nowhere_breaks_the_chain_after_the_sector` |
//! | 2.2 | header | `header::Header::parse` | `fields_of_the_header_that_lie_are_followed_or_replaced`, `what_is_no_compound_file_is_an_error_that_says_why` |
//! | 2.3 | FAT; chains, cycles, shared sectors | `fat::Fat::parse`, `gather::gather`, `File::survey` | `a_cycle_is_recognised_wherever_it_closes`, `broken_chains_leave_what_they_have_and_a_gap`, `cross_links_are_told_and_both_streams_are_read` |
//! | 2.4 | mini FAT and mini stream | `mini_fat::MiniFat::read`, `File::mini_stream` | `mini_sectors_outside_the_mini_stream_are_a_gap` |
//! | 2.5 | DIFAT | `fat::Fat::follow_difat` | `many_fat_sectors_are_found_through_the_difat`, `a_difat_that_goes_round_ends` |
//! | 2.6.1 | directory entry, names | `directory::Entry::parse`, `Entry::is_named` | `sound_files_are_read_as_the_strict_reader_reads_them`, `namesakes_are_never_merged` |
//! | 2.6.2 | root entry | `directory::link` | – |
//! | 2.6.4 | the trees of storages | `directory::link` | `cycles_in_the_tree_end`, `entries_that_nothing_links_are_read` |
//!
//! # Zip archives: APPNOTE 6.3.10, in `container/zip`
//!
//! | clause | about | function | test (`zip/tests.rs`) |
//! |---|---|---|---|
//! | 4.1.9 | bytes before the archive | `assemble::note_frame` | `appnote_4_3_16_prepended_and_appended_data` |
//! | 4.3.1 | one end record | `assemble::note_search` | `a_second_end_record_in_the_comment_hides_nothing` |
//! | 4.3.2 | names are unique | `assemble::finish` | `copies_of_a_name_are_all_kept` |
//! | 4.3.6 | the order of the parts | `assemble::archive` | `what_the_directory_does_not_list_is_found`, `a_missing_or_zeroed_end_loses_no_member` |
//! | 4.3.7 | local header | `entry::Local::parse` | `a_damaged_local_header_is_made_up_for_by_the_directory` |
//! | 4.3.8 | data | `Inflater::read` | `a_broken_deflate_stream_gives_what_comes_before` |
//! | 4.3.9 | data descriptor | `entry::described` | `appnote_4_3_9_streamed_members_with_and_without_a_directory` |
//! | 4.3.12 | central directory | `entry::Central::parse` | `headers_that_disagree_give_both_readings` |
//! | 4.3.14, 4.3.15, 4.5.3 | zip64 | `locate::end64`, `entry::Fields::widen` | `appnote_4_5_3_zip64` |
//! | 4.3.16, 4.4.22 | end record, number of entries | `locate::directory` | `an_end_record_that_claims_nothing_hides_nothing`, `a_cut_file_keeps_what_it_has` |
//! | 4.4.4 | flags: encryption, UTF-8 | `entry::Fields::encrypted`, `name::decode` | `encryption_is_believed_only_where_it_is_true`, `names_in_the_code_pages_that_writers_use` |
//! | 4.4.5 | method | `Method`, `Inflater::read` | `methods_that_are_not_decoded_are_gaps` |
//! | 4.4.7, 4.4.9 | checksum and size | `inflate::check` | `a_wrong_checksum_is_noted_and_the_content_used` |
//! | 4.4.8, 4.4.17 | compressed size, name | `assemble::differences` | `headers_that_disagree_give_both_readings` |
//! | 4.6.9 | Unicode path | `entry::Fields::unicode_path` | `appnote_4_6_9_a_unicode_path_is_another_reading` |
//!
//! # Packages: ECMA-376, in `container/opc`
//!
//! | clause | about | function | test |
//! |---|---|---|---|
//! | part 2, 6.2.2.3 | part names, equal without case | `name::compare` | `names_compare_without_ascii_case`, `case_twins_of_a_part_are_both_members` |
//! | part 2, 6.4; RFC 3986 5.2 | references | `name::append` | `ecma_376_2_6_4_references_resolve_within_the_root`, `references_out_of_the_package` |
//! | part 2, 6.5 | relationships | `Package::read` | `ecma_376_2_6_5_relationships_of_package_and_parts`, `ecma_376_2_6_5_2_a_relationships_part_names_its_source` |
//! | part 2, 6.5.3 | targets outside | `Package::read`, `project/document/external.rs` | `external_targets_are_kept_as_written`, `an_internal_target_that_leaves_the_package_is_noted`, `remote_targets` |
//! | part 2, 7.2.3 | content types | `Package::content_type` | `ecma_376_2_7_2_3_a_type_is_that_of_the_part_or_of_its_extension`, `every_copy_of_the_content_types_counts_and_conflicts_are_noted` |
//! | part 1, 11.3.1 | alternative format chunks | `scan/promise.rs` | – |
//! | part 1, 17.16 | fields | `project/document/fields.rs` `inspect_story` | `dde_in_every_form`, `codes_are_put_together`, `other_fields_are_none`, `dde_in_word_97` |
//! | part 1, 17.16.5.34, 17.16.10 | fields that start a macro | `project/document/fields.rs` `inspect_story` | `fields_that_start_a_macro` |
//! | part 1, 20.5; part 4, 19.4 | macros of shapes | `project/document/bindings.rs` | `macros_of_shapes` |
//! | `[MS-CUSTOMUI2]` 2.4.12 | callbacks of the ribbon | `project/document/bindings.rs` | `every_callback_of_a_ribbon` |
//! | part 1, 18.3.1.19 | controls | `project/document/extensions.rs` | `what_a_package_brings` |
//! | part 1, 18.10, 18.12, 18.13 | connections | `project/document/data.rs` | `connections_and_what_refreshes_them` |
//! | part 1, 18.14; `[MS-XLSB]` 2.4.211 | links of workbooks | `project/document/links.rs` | `links_that_start_a_program` |
//! | part 1, 21.1.2.3.5 | actions of slides | `project/document/actions.rs` | `l13_actions_of_slides` |
//! | part 4, 19.1.2.11, 19.2.2.19 | pictures and objects in VML | `project/document/markup.rs` | `what_markup_loads`, `script_in_a_picture` |
//! | `[MS-QDEFF]` 2.2 | packed queries | `project/document/mashup.rs` | `functions_and_their_arguments`, `l19_power_query` |
//! | XML 1.0, 4.3.3 and appendix F | encodings | `xml::text` | `xml_4_3_3_a_declared_encoding`, `xml_appendix_f_every_form_of_unicode` |
//! | XML 1.0, 2.1, 3.1, 4.1 | well-formedness, entities | `opc/read.rs` | `broken_xml_keeps_what_comes_before_and_is_a_gap`, `entities_are_never_expanded` |
//!
//! # Encryption: `[MS-OFFCRYPTO]`, in `container/crypto`
//!
//! `tests/msoffcrypto.py` holds the writers of the kit and this reader against msoffcrypto-tool and
//! LibreOffice.
//!
//! | clause | about | function | test (`tests/it/carriers/encrypted.rs`) |
//! |---|---|---|---|
//! | 2.3.2, 2.3.3 | EncryptionHeader, EncryptionVerifier | `header::Header::parse` | `k03_standard_of_every_key`, `k04_xls_opens_with_a_given_password` |
//! | 2.3.4.4 | EncryptedPackage | `Package::decrypt` | `k03_a_false_size_of_the_package` |
//! | 2.3.4.5 to 2.3.4.9 | standard encryption | `standard` | `k03_standard_of_every_key` |
//! | 2.3.4.10 to 2.3.4.15 | agile encryption | `agile` | `k03_agile_of_every_cipher_and_hash`, `rounds_without_end_are_a_limit_and_not_a_wait` |
//! | 2.3.4.16 | extensible encryption | `Package::parse` | `k06_extensible` |
//! | 2.3.5 | RC4 CryptoAPI | `rc4`, `StreamKey::moved` | `k04_vba_moved_into_the_encryption_stream` |
//! | 2.3.6 | RC4 of 40 bits | `rc4` | `k04_xls_opens_with_a_given_password` |
//! | 2.3.7 | XOR obfuscation | `xor` | `a_password_that_excel_took_is_the_right_one` |
//!
//! # Rich text: RTF 1.9.1, in `container/rtf`
//!
//! | section | about | function | test |
//! |---|---|---|---|
//! | RTF Syntax | groups, control words, `\bin` | `Tokens` | `every_kind_of_token`, `binary_of_any_length` |
//! | Unicode RTF | `\uN`, `\ucN`, code pages | `read::Reader::unicode` | `codes_in_pieces_and_in_one_another` |
//! | Objects | `\objdata` | `read::Reader::digits` | `tests/it/carriers/rtf.rs` `a08_digits_broken_up` |
//! | Fields | `\fldinst` | `project/document/rich_text.rs` | `codes_in_pieces_and_in_one_another`, `ordinary_fields_are_none` |
//! | Document Area, File Table | `\*\template`, `\*\filetbl` | `project/document/rich_text.rs` | `other_places` |
//!
//! # Objects: `[MS-OLEDS]`, in `container/ole`
//!
//! | clause | about | function | test |
//! |---|---|---|---|
//! | 2.2.4 to 2.2.6 | objects of OLE 1.0 | `Object::parse` | `embedded_objects_of_any_length`, `other_formats` |
//! | 2.3.3; `[MS-OSHARED]` 2.3.7 | `\x01Ole` and monikers | `link_of`, `targets` | `flags`, `monikers_wherever_they_stand`, `addresses_of_other_monikers` |
//! | 2.3.6 | `\x01Ole10Native`, packages | `Package::parse` | `files_and_their_three_names`, `command_lines_and_damage` |
//! | 2.3.7 | the class in `\x01CompObj` | `class_of` | `tests/it/carriers/objects.rs` `l12_classes_of_storages` |
//!
//! # VBA projects: `[MS-OVBA]`, in `project/ovba`
//!
//! | clause | about | function | test |
//! |---|---|---|---|
//! | 2.2, 2.2.6 | storages of a project, caches to ignore | `read_projects`, `storage::is_performance_cache` | `a_sound_project_is_read_whole_and_leaves_no_note`, `several_projects_are_kept_apart` |
//! | 2.3.1 | `PROJECT` stream | `ProjectStream::parse` | `example_of_clause_3_1_1`, `names_are_in_the_code_page_of_the_project` |
//! | 2.3.1.15, 2.4.3.3 | protection | `project_stream::decrypt` | `example_of_clause_3_1_1`, `damaged_protection_is_unviewable` |
//! | 2.3.3 | `PROJECTwm` stream | `NameMap::parse` | `pairs_until_the_terminator`, `a_cut_pair_ends_the_reading` |
//! | 2.3.4.2 | `dir` stream | `Dir::parse` | `records_in_any_order_and_unknown_ones_between`, `a_record_that_lies_about_its_size_ends_the_reading_and_keeps_the_rest` |
//! | 2.3.4.2.1.4 | code page | `bytes/text.rs` `decode` | `japanese_text_in_code_page_932`, `text_in_other_code_pages` |
//! | 2.3.4.2.1.11 | the size of PROJECTVERSION | `dir::record` | `records_in_any_order_and_unknown_ones_between` |
//! | 2.3.4.2.2 | references | `storage::references` | `protection_and_references_are_told` |
//! | 2.3.4.2.3 | modules | `storage::declared`, `storage::unlisted` | `source_is_found_whatever_the_project_says`, `a_module_whose_stream_is_gone_is_a_gap` |
//! | 2.3.4.2.3.2.2 | two names of a module | `storage::module_name` | `source_is_found_whatever_the_project_says` |
//! | 2.3.4.2.3.2.5 | where the source is | `module::read` | `source_is_found_whatever_the_project_says` |
//! | 2.3.4.3 | module stream | `module::read` | `code_without_source_is_active_and_unread` |
//! | 2.4.1 | compression | `decompress` | `examples_of_clause_3_2` |
//! | 2.4.1.1.1 | container | `decompress` | `a_stray_tail_byte_loses_nothing`, `the_constants_are_masked_as_office_masks_them` |
//! | 2.4.1.1.4 | 4096 bytes a chunk | `decompress` | `a_chunk_holds_4096_bytes_and_no_more` |
//! | 2.4.1.1.5 | chunk header | `decompress` | `a_cut_chunk_keeps_what_is_there` |
//! | 2.4.1.3.5 | tokens | `decompress` | `a_copy_from_before_the_start_keeps_the_prefix_and_the_next_chunk` |
//! | 2.4.1.3.8 | searching for containers | `search::attribute_containers` | `compressed_and_raw_containers_by_their_first_word`, `nothing_but_headers_is_linear` |
//! | 2.4.1.3.10 | raw chunks | `decompress` | `raw_chunks_of_any_size` |
//! | 2.4.1.3.19 | the bits of a copy token | `decompress::unpack` | `examples_of_clause_3_2` |
//!
//! # Documents, in `project/document` and `scan`
//!
//! | clause | about | function | test |
//! |---|---|---|---|
//! | `[MS-DOC]` 2.4.1, 2.8.25, 2.8.35 | text in pieces, fields | `word_text::inspect` | `a_field_over_two_pieces`, `a_story_ends_its_fields` |
//! | `[MS-DOC]` 2.9.276 | the template | `word_text::template` | `l08_doc_template_and_included_files` |
//! | `[MS-XLS]` 2.4.271, 2.5.277 | links | `excel_links::Links` | `links_to_programs`, `links_to_workbooks` |
//! | `[MS-OFORMS]` 2.1.1.2, 2.2 | blocks of properties | `forms::block`, `forms::layout` | `every_control_has_its_texts`, `no_damage_loses_a_text` |
//! | `[MS-OFORMS]` 2.1.2, 2.2.10 | storages, sites, classes | `forms::storage`, `forms::site` | `controls_in_frames_and_pages_know_what_holds_them`, `a_storage_that_no_control_leads_to_is_read_as_well` |
//! | `[MS-XLS]` 2.1.7.10, `[MS-DOC]` 2.1.4 | controls outside forms | `forms::object` | `controls_of_sheets_and_text_are_read_without_a_form` |
//! | `[MS-DOC]` 2.5.2 | FibBase | `word::inspect` | `versions` |
//! | `[MS-XLS]` 2.4.21, 2.4.28 | macro sheets and modules | `excel::inspect` | `a_macro_sheet_is_seen_by_either_sign`, `a_plain_workbook_leaves_nothing` |
//! | `[MS-XLS]` 2.2.10, 2.4.117 | encrypted workbooks, FilePass | `encrypted::excel` | `carriers/encrypted.rs` `k04_*`, `m13_*` |
//! | `[MS-DOC]` 2.2.6 | encrypted documents | `encrypted::word` | `k05_doc_*` |
//! | `[MS-PPT]` 2.3.7 | encrypted presentations | `encrypted::powerpoint` | `k05_ppt_*` |
//! | `[MS-PPT]` 2.3.3, 2.3.4 | edits and the persist directory | `inspect_presentation` | `l14_chain_of_edits_and_user_are_not_needed` |
//! | `[MS-PPT]` 2.4.11, 2.10.34 to 2.10.42 | projects and objects | `inspect_presentation` | `l14_project_in_every_storage`, `l14_decoys_hide_nothing` |
//! | `[MS-PPT]` 2.6.9, 2.6.10, 2.10 | actions, links, classes | `inspect_presentation` | `l13_a_macro_at_a_click_or_under_the_mouse`, `l13_links` |
//! | `[MS-ONESTORE]` 2.3.1, 2.5.19, 2.6.13, 2.8 | header, password, files, the format of the cloud | `one_note::files` | `ms_onestore_2_6_13_a_length_beyond_the_end_is_a_gap`, `a16_what_is_not_read_is_told` |
//! | `[MS-ONESTORE]` 2.4.3, 2.5.22, 2.5.27, 2.6.7 | endings and names of files | `one_note::files` | `names_go_to_files_of_their_ending_first`, `a16_scripts_by_name` |
//! | ODF 1.3 part 2, 3.3, 4.8 | media type, encryption | `open_document::format_of`, `inspect_open_document` | `odf_2_4_8_the_manifest_names_what_is_encrypted` |
//! | ODF 1.3 part 3, 14.4 | event listeners | `inspect_open_document` | `what_calls_and_what_loads` |
//! | RFC 1950, 2.2 | streams of zlib | `zlib::Zlib` | `rfc_1950_2_2_a_stream_is_told_by_its_header` |
//! | MTEF v. 3 | formulas of the Equation Editor | `equation::is_plain` | `formulas_are_plain`, `what_overflows_is_not` |
//! | `[MS-OLEDS]` 1.3.3, `[MS-OFORMS]` 2.1 | objects, controls | `inspect_compound` | – |
//! | `[MS-OXMSG]` 2.1.4.2 | attachments of a message | `scan/compound.rs` | – |
//!
//! # Source text, in `source`
//!
//! | clause | about | function | test |
//! |---|---|---|---|
//! | `[MS-VBAL]` 3.2.2 | continued lines | `Cursor`, `lex` | `continuations_are_blanks_in_both_directions`, `a_continued_comment_goes_on_in_vba_and_ends_in_vbscript` |
//! | `[MS-VBAL]` 3.3.4 | string literals | `lex` | `literals_double_their_quotes_and_end_with_the_line` |
//! | `[MS-VBAL]` 3.3.5 | identifiers | `lex::word_at` | `words_end_at_letters_of_any_script` |
//! | `[MS-VBAL]` 3.3 | lexical tokens | `Tokens` | `a_text_is_cut_into_tokens`, `comments_start_where_statements_do_and_go_on_in_vba` |
//! | `[MS-VBAL]` 3.3.2 | numbers | `parse/literal.rs` | `numbers_have_the_value_of_their_type` |
//! | `[MS-VBAL]` 3.3.5.3 | foreign names, type characters | `parse/expression.rs` | `calls_and_assignments_are_told_apart`, `type_characters_are_no_operators` |
//! | `[MS-VBAL]` 3.4 | conditional compilation | `parse/conditional.rs` | `branches_that_no_office_compiles_are_marked`, `a_body_may_start_in_several_branches` |
//! | `[MS-VBAL]` 4.2 | headers, `Attribute` lines | `parse/header.rs`, `parse/declaration.rs` | `attributes_and_headers_execute_nothing_and_hide_nothing` |
//! | `[MS-VBAL]` 5.2 | declarations of a module | `parse/declaration.rs` | `module_variables_and_constants_are_fields`, `functions_of_libraries_are_declared` |
//! | `[MS-VBAL]` 5.3.1 | procedures, parameters | `parse/procedure.rs` | `procedures_are_found_however_they_are_written`, `parameters_are_as_declared` |
//! | `[MS-VBAL]` 5.4.1.1, 5.4.2 | labels, control statements | `parse/control.rs`, `parse/block.rs` | `blocks_are_linked`, `an_if_on_one_line_is_a_block`, `jumps_name_their_labels` |
//! | `[MS-VBAL]` 5.4.3 | variables, assignments | `parse/statement.rs` | `declarations_in_a_procedure_are_statements` |
//! | `[MS-VBAL]` 5.4.5 | statements on files | `parse/statement.rs` | `statements_on_files_have_their_number_first` |
//! | `[MS-VBAL]` 5.6 | expressions | `parse/expression.rs` | `operators_bind_as_specified`, `members_without_an_object_belong_to_the_innermost_with` |
//! | RFC 3629, RFC 2781 | UTF-8, UTF-16 | `Source::decode` | `what_an_encoding_does_not_define_is_observed`, `marks_of_unicode_text_are_no_text` |

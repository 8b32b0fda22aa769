#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| macrosift_fuzz::visio(data));

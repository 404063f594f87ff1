//! The fourteen conversions: whatever the text, alignment covers it and cuts keep their order.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tongwen_fuzz::conversion::try_out(
    &String::from_utf8_lossy(data)
));

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let put = |data: &mut [u8]| tongwen_fuzz::mutation::put_in(&mut data[..max_size], size, seed);
    let put = seed.is_multiple_of(2).then(|| put(data)).flatten();
    put.unwrap_or_else(|| libfuzzer_sys::fuzzer_mutate(data, size, max_size))
});

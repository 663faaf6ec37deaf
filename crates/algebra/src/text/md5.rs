//! The MD5 digest (RFC 1321), for `md5(text)` alone.
//!
//! **Must not:** be used for anything that must be secret or unforgeable.

/// The digest in hexadecimal.
pub fn md5(bytes: &[u8]) -> String {
    let mut state = [0x6745_2301u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    let bits = u64::try_from(bytes.len()).unwrap_or(u64::MAX).wrapping_mul(8);
    message.extend_from_slice(&bits.to_le_bytes());
    let constants = constants();
    for block in message.chunks_exact(64) {
        mix(&mut state, block, &constants);
    }
    let mut out = String::with_capacity(32);
    for word in state {
        crate::value::write_hex(&word.to_le_bytes(), &mut out);
    }
    out
}

const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

/// The integer parts of `2^32 * |sin(n)|`.
fn constants() -> [u32; 64] {
    let mut constants = [0; 64];
    for (n, constant) in (1u32..).zip(&mut constants) {
        *constant = (f64::from(n).sin().abs() * 4_294_967_296.0) as u32;
    }
    constants
}

fn mix(state: &mut [u32; 4], block: &[u8], constants: &[u32; 64]) {
    let word = |index: usize| {
        block[index * 4..index * 4 + 4].iter().rev().fold(0u32, |word, &byte| word << 8 | u32::from(byte))
    };
    let [mut a, mut b, mut c, mut d] = *state;
    for step in 0..64 {
        let (mixed, index) = match step / 16 {
            0 => ((b & c) | (!b & d), step),
            1 => ((d & b) | (!d & c), (5 * step + 1) % 16),
            2 => (b ^ c ^ d, (3 * step + 5) % 16),
            _ => (c ^ (b | !d), 7 * step % 16),
        };
        let sum = a.wrapping_add(mixed).wrapping_add(constants[step]).wrapping_add(word(index));
        (a, d, c) = (d, c, b);
        b = b.wrapping_add(sum.rotate_left(SHIFTS[step / 16][step % 4]));
    }
    for (total, part) in state.iter_mut().zip([a, b, c, d]) {
        *total = total.wrapping_add(part);
    }
}

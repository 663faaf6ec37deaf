//! Whose request it is, as far as the network can tell: the peer, or the address a trusted proxy vouches for.
//!
//! **Must not:** believe a forwarding header of anybody who is not a configured proxy.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use http::{HeaderMap, HeaderName};

/// The address that limits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

/// A block of addresses, as in `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    address: IpAddr,
    bits: u8,
}

/// A text is not a block of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address or a block of addresses such as `10.0.0.0/8`")]
pub struct BlockError(String);

/// The proxies whose word counts.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<Block>);

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Hops beyond this many are not looked at: no chain of proxies is so long.
const HOPS_MAX: usize = 32;

impl FromStr for Block {
    type Err = BlockError;

    fn from_str(text: &str) -> Result<Self, BlockError> {
        let error = || BlockError(text.to_owned());
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address = address.parse::<IpAddr>().map_err(|_| error())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), |bits| bits.parse().map_err(|_| error()))?;
        if bits > width { Err(error()) } else { Ok(Self { address, bits }) }
    }
}

impl Block {
    fn has(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(block), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                block.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(block), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                block.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        }
    }
}

impl TrustedProxies {
    /// The proxies of these blocks.
    pub fn new(blocks: Vec<Block>) -> Self {
        Self(blocks)
    }

    /// Whether this address is one of them.
    pub fn has(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|block| block.has(address))
    }

    /// The address that a request comes from: the peer's, or, when the peer is a trusted proxy, the right-most
    /// hop of `X-Forwarded-For` that is no trusted proxy. What stands left of that hop was written by strangers.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        let mut client = peer.to_canonical();
        if !self.has(client) {
            return ClientAddress(client);
        }
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        let hops = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.rsplit(','));
        for hop in hops.take(HOPS_MAX) {
            let Some(address) = address_of_hop(hop.trim()) else { break };
            client = address;
            if !self.has(client) {
                break;
            }
        }
        ClientAddress(client)
    }
}

impl ClientAddress {
    /// The key under which limits count it. One subscriber owns a whole /64 of IPv6, so that is one key.
    pub fn rate_key(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
        }
    }
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1` or `[2001:db8::1]:80`.
fn address_of_hop(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse::<IpAddr>().ok();
    address.or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip())).map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let blocks = ["10.0.0.0/8", "2001:db8::/32", "127.0.0.1"].map(|block| block.parse().unwrap());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        let proxies = TrustedProxies::new(blocks.to_vec());
        proxies.client(peer.parse().unwrap(), &headers).0.to_string()
    }

    #[test]
    fn strangers_are_who_they_are() {
        assert_eq!(client("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(client("127.0.0.2", &["198.51.100.1"]), "127.0.0.2");
        assert_eq!(client("::ffff:192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
    }

    #[test]
    fn the_right_most_untrusted_hop_wins() {
        assert_eq!(client("10.1.2.3", &["1.1.1.1, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.1.2.3", &["1.1.1.1, 198.51.100.1, 10.9.9.9"]), "198.51.100.1");
        assert_eq!(client("10.1.2.3", &["1.1.1.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:10.1.2.3", &["198.51.100.1:4711"]), "198.51.100.1");
        assert_eq!(client("2001:db8::1", &["[2001:4860::8]:443"]), "2001:4860::8");
    }

    #[test]
    fn nonsense_ends_the_walk() {
        assert_eq!(client("10.1.2.3", &["198.51.100.1, unknown"]), "10.1.2.3");
        assert_eq!(client("10.1.2.3", &["198.51.100.1, unknown, 10.4.4.4"]), "10.4.4.4");
        assert_eq!(client("10.1.2.3", &[]), "10.1.2.3");
        assert_eq!(client("10.1.2.3", &[&"10.0.0.1,".repeat(1000)]), "10.1.2.3");
    }

    #[test]
    fn blocks_are_parsed_or_named() {
        for text in ["10.0.0.0/33", "10.0.0/8", "::/129", "host", "", "1.1.1.1/-1"] {
            assert_eq!(text.parse::<Block>(), Err(BlockError(text.to_owned())));
        }
        assert!("0.0.0.0/0".parse::<Block>().unwrap().has("9.9.9.9".parse().unwrap()));
    }

    #[test]
    fn a_subscriber_of_ipv6_is_one_key() {
        let key = |text: &str| ClientAddress(text.parse().unwrap()).rate_key();
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2::9"));
        assert_ne!(key("2001:db8:1:2::9"), key("2001:db8:1:3::9"));
        assert_eq!(key("192.0.2.7"), "192.0.2.7");
    }
}

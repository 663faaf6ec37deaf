//! Who may connect: so many in all, so many from one address.
//!
//! **Must not:** queue anybody. A connection is admitted or closed.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use web::{Limits, TrustedProxies};

use super::descriptors;

/// Counts open connections.
#[derive(Clone)]
pub(super) struct Admission(Arc<Inner>);

struct Inner {
    open: AtomicUsize,
    open_max: usize,
    by_address: Mutex<HashMap<IpAddr, usize>>,
    by_address_max: usize,
    proxies: TrustedProxies,
}

/// A place among the open connections, given back when dropped.
pub(super) struct Permit {
    inner: Arc<Inner>,
    /// None for proxies.
    address: Option<IpAddr>,
}

impl Admission {
    pub(super) fn new(limits: &Limits, proxies: TrustedProxies) -> Self {
        Self(Arc::new(Inner {
            open: AtomicUsize::new(0),
            open_max: descriptors::connections_max(limits.connections_max),
            by_address: Mutex::default(),
            by_address_max: limits.connections_per_address_max,
            proxies,
        }))
    }

    /// A place for a connection from this address, if there is one.
    pub(super) fn admit(&self, address: IpAddr) -> Option<Permit> {
        let inner = &self.0;
        let address = address.to_canonical();
        if inner.open.fetch_add(1, Ordering::Relaxed) >= inner.open_max {
            inner.open.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        // From here on a drop gives the place back.
        let mut permit = Permit { inner: Arc::clone(inner), address: None };
        if inner.proxies.has(address) {
            return Some(permit);
        }
        let mut counts = inner.counts();
        let count = counts.entry(address).or_default();
        if *count >= inner.by_address_max {
            drop(counts);
            return None;
        }
        *count += 1;
        permit.address = Some(address);
        drop(counts);
        Some(permit)
    }
}

impl Inner {
    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        // Nothing panics while the counts are held; should it ever, they are still whole.
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.inner.open.fetch_sub(1, Ordering::Relaxed);
        let Some(address) = self.address else { return };
        let mut counts = self.inner.counts();
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(open_max: usize, by_address_max: usize) -> Admission {
        let limits = Limits {
            connections_max: open_max,
            connections_per_address_max: by_address_max,
            ..Limits::default()
        };
        Admission::new(&limits, TrustedProxies::new(vec!["10.0.0.1".parse().unwrap()]))
    }

    #[test]
    fn places_are_counted_and_given_back() {
        let admission = admission(3, 2);
        let [ann, bob]: [IpAddr; 2] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().unwrap());
        let first = admission.admit(ann).unwrap();
        let _second = admission.admit(ann).unwrap();
        assert!(admission.admit(ann).is_none(), "over her share");
        let _third = admission.admit(bob).unwrap();
        assert!(admission.admit(bob).is_none(), "the house is full");
        drop(first);
        assert!(admission.admit(ann).is_some());
        assert!(
            admission.admit("::ffff:192.0.2.1".parse().unwrap()).is_some(),
            "the last one was dropped again"
        );
    }

    #[test]
    fn addresses_are_forgotten_and_proxies_have_no_share() {
        let admission = admission(100, 1);
        drop(admission.admit("192.0.2.1".parse().unwrap()));
        assert!(admission.0.counts().is_empty());
        let proxied: Vec<_> = (0..50).map(|_| admission.admit("10.0.0.1".parse().unwrap())).collect();
        assert!(proxied.iter().all(Option::is_some));
    }
}

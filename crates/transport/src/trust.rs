//! Whose certificates are believed: those that the platform believes, and a company's own.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::fault::{Fault, Kind, Stage};

/// Whose certificates are believed. Cheap to clone: the clones share what was read from the platform, which is read when it is
/// first needed.
#[derive(Clone)]
pub struct Trust {
    inner: Arc<Inner>,
}

struct Inner {
    extra: Vec<CertificateDer<'static>>,
    config: OnceLock<Arc<ClientConfig>>,
}

/// Why a file of certificates is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCertificate {
    /// There is none in it.
    #[error("there is no certificate in it: one begins with -----BEGIN CERTIFICATE-----")]
    Absent,
    /// The one with this number, counted from 1, cannot be read.
    #[error("its certificate number {0} cannot be read")]
    Unreadable(usize),
}

impl Trust {
    /// Those that the platform believes.
    #[must_use]
    pub fn platform() -> Self {
        Self::of(Vec::new())
    }

    /// Those that the platform believes, and those of `pem` (RFC 7468): the authority of a company of its own, or the one
    /// certificate of a server that signed itself.
    ///
    /// # Errors
    /// When there is no certificate in it, or one that cannot be read.
    pub fn platform_and(pem: &[u8]) -> Result<Self, NoCertificate> {
        let mut extra = Vec::new();
        for (index, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
            let unreadable = NoCertificate::Unreadable(index + 1);
            let certificate = certificate.map_err(|_| unreadable)?;
            RootCertStore::empty().add(certificate.clone()).map_err(|_| unreadable)?;
            extra.push(certificate);
        }
        if extra.is_empty() { Err(NoCertificate::Absent) } else { Ok(Self::of(extra)) }
    }

    fn of(extra: Vec<CertificateDer<'static>>) -> Self {
        Self { inner: Arc::new(Inner { extra, config: OnceLock::new() }) }
    }

    /// What TLS is done with.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, Fault> {
        if let Some(config) = self.inner.config.get() {
            return Ok(config.clone());
        }
        let config = Arc::new(self.read().map_err(|error| Fault::new(Stage::Protect, Kind::Tls(error.to_string())))?);
        Ok(self.inner.config.get_or_init(|| config).clone())
    }

    fn read(&self) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(ring::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> =
            Arc::new(Verifier::new_with_extra_roots(self.inner.extra.iter().cloned(), provider.clone())?);
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        // "Dangerous" is what the library calls any verifier that is not its own; this one is the platform's.
        Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
    }
}

impl Default for Trust {
    fn default() -> Self {
        Self::platform()
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trust(platform and {} more)", self.inner.extra.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_certificate_is_refused_and_so_is_one_that_cannot_be_read() {
        assert_eq!(Trust::platform_and(b"hello").unwrap_err(), NoCertificate::Absent);
        let key = b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
        assert_eq!(Trust::platform_and(key).unwrap_err(), NoCertificate::Absent);
        let torn = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(Trust::platform_and(torn).unwrap_err(), NoCertificate::Unreadable(1));
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace keyglass::test {

/// Paths of a certificate and its key, PEM.
struct CertificateFiles {
    QString certificate;
    QString key;
};

/// A certificate authority in a temporary folder, which signs what a test needs by the openssl program (P-256).
class Certificates {
public:
    Certificates();

    /// The authority's own certificate: what a client is given to trust.
    [[nodiscard]] QString authority() const;
    /// Signed by the authority for the given names ("DNS:localhost", "IP:127.0.0.1").
    [[nodiscard]] CertificateFiles issue(
        const QStringList& names = {QStringLiteral("DNS:localhost"), QStringLiteral("IP:127.0.0.1")});
    /// As issue(), but no longer valid.
    [[nodiscard]] CertificateFiles issueExpired();
    /// Signed by nobody but itself.
    [[nodiscard]] CertificateFiles issueSelfSigned();

    /// One authority for all tests of a process, so that most need not make their own.
    [[nodiscard]] static Certificates& shared();

private:
    [[nodiscard]] CertificateFiles nextFiles();
    [[nodiscard]] CertificateFiles sign(const QStringList& names, const QStringList& validity);
    void openssl(const QStringList& arguments) const;

    QTemporaryDir m_folder;
    int m_count = 0;
};

} // namespace keyglass::test

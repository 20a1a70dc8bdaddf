// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/tlstransport.h"

#include "core/net/nettext.h"

#include <QDateTime>
#include <QFile>
#include <QLocale>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>
#include <string>

namespace keyglass {

namespace {

Error fileError(const QString& path, const QString& reason)
{
    return {ErrorKind::File, path, reason};
}

Result<QByteArray> contentOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fileError(path, file.errorString());
    }
    return file.readAll();
}

Result<QList<QSslCertificate>> certificatesIn(const QString& path)
{
    const Result<QByteArray> content = contentOf(path);
    if (!content) {
        return content.error();
    }
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(*content, QSsl::Pem);
    if (certificates.isEmpty()) {
        return fileError(path, netText("It holds no certificate in PEM form."));
    }
    return certificates;
}

Result<QSslKey> keyIn(const QString& path)
{
    const Result<QByteArray> content = contentOf(path);
    if (!content) {
        return content.error();
    }
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa, QSsl::Dsa}) {
        if (QSslKey key(*content, algorithm, QSsl::Pem, QSsl::PrivateKey); !key.isNull()) {
            return key;
        }
    }
    return fileError(path,
        content->contains("ENCRYPTED") ? netText("The key is locked by a passphrase; a key without one is needed.")
                                       : netText("It holds no private key in PEM form."));
}

/// What `options` ask for. `caFile` replaces the system's authorities, it does not add to them.
Result<QSslConfiguration> configurationFor(const TlsOptions& options)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(options.verify ? QSslSocket::VerifyPeer : QSslSocket::VerifyNone);
    if (!options.caFile.isEmpty()) {
        const Result<QList<QSslCertificate>> authorities = certificatesIn(options.caFile);
        if (!authorities) {
            return authorities.error();
        }
        configuration.setCaCertificates(*authorities);
    }
    if (!options.certificateFile.isEmpty()) {
        const Result<QList<QSslCertificate>> own = certificatesIn(options.certificateFile);
        const Result<QSslKey> key = keyIn(options.keyFile.isEmpty() ? options.certificateFile : options.keyFile);
        if (!own || !key) {
            return own ? key.error() : own.error();
        }
        configuration.setLocalCertificateChain(*own);
        configuration.setPrivateKey(*key);
    }
    return configuration;
}

/// The names a certificate is good for, to set beside the one that was asked for.
QString namesOf(const QSslCertificate& certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty()) {
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    }
    return names.isEmpty() ? netText("no name at all") : names.join(QLatin1String(", "));
}

QString dateText(const QDateTime& date)
{
    return QLocale().toString(date, QLocale::ShortFormat);
}

QString reasonFor(const QSslError& error, const QString& wantedName)
{
    const QSslCertificate certificate = error.certificate();
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return netText("The server's certificate has expired (on %1).").arg(dateText(certificate.expiryDate()));
    case QSslError::CertificateNotYetValid:
        return netText("The server's certificate is not valid yet (from %1 on); is the clock right?")
            .arg(dateText(certificate.effectiveDate()));
    case QSslError::SelfSignedCertificate:
        return netText("The server's certificate is signed only by itself, and is not among those to trust.");
    case QSslError::HostNameMismatch:
        return netText("The server's certificate is for %1, not for %2.").arg(namesOf(certificate), wantedName);
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return netText("The server's certificate comes from an authority that is not among those to trust (%1).")
            .arg(certificate.issuerDisplayName());
    default:
        return error.errorString();
    }
}

/// How OpenSSL says that what it read was no TLS at all.
bool isNoTls(const QString& text)
{
    return text.contains(QLatin1String("wrong version number"))
        || text.contains(QLatin1String("packet length too long")) || text.contains(QLatin1String("unknown protocol"))
        || text.contains(QLatin1String("http request")) || text.contains(QLatin1String("record layer failure"));
}

class TlsTransport : public Transport {
public:
    TlsTransport(std::unique_ptr<const Waiter> waiter, QString wantedName)
        : m_wantedName(std::move(wantedName))
    {
        m_waiter = std::move(waiter);
    }

    [[nodiscard]] bool take(Descriptor& socket, const QSslConfiguration& configuration)
    {
        m_tls.setSslConfiguration(configuration);
        if (!m_tls.setSocketDescriptor(socket.get())) {
            return false;
        }
        m_descriptor = socket.release();
        m_tls.setPeerVerifyName(m_wantedName);
        return true;
    }

    [[nodiscard]] Status handshake(const Deadline& deadline, const std::stop_token& stop)
    {
        m_tls.startClientEncryption();
        m_tls.flush();
        while (!m_tls.isEncrypted()) {
            if (!isAlive()) {
                return handshakeFailure();
            }
            if (Status ready = awaitSocket(deadline, stop); !ready) {
                return ready.error().kind == ErrorKind::Timeout ? Status(silentPeer()) : ready;
            }
            m_tls.waitForEncrypted(0); // takes what has come; that it is not enough yet is no error
            m_tls.flush();
        }
        return ok();
    }

    [[nodiscard]] std::size_t unsent() const override { return m_left.size() - m_leftFrom + withTls(); }

    [[nodiscard]] Error failure() const override
    {
        if (m_tls.error() == QAbstractSocket::RemoteHostClosedError) {
            return m_hasHeard ? Error{ErrorKind::Network, {}, netText("The server closed the connection.")}
                              : closedAfterHandshake();
        }
        const bool ofTls = m_tls.error() == QAbstractSocket::SslInternalError
            || m_tls.error() == QAbstractSocket::SslHandshakeFailedError
            || m_tls.error() == QAbstractSocket::SslInvalidUserDataError;
        return {ofTls ? ErrorKind::Tls : ErrorKind::Network, {}, tlsText()};
    }

protected:
    [[nodiscard]] int socket() const override { return m_descriptor; }
    [[nodiscard]] bool hasReceived() const override { return m_tls.bytesAvailable() > 0; }

    [[nodiscard]] std::ptrdiff_t receive(std::span<char> into) override
    {
        if (!hasReceived()) {
            m_tls.waitForReadyRead(0); // the socket is ready: takes what is there and decrypts it
        }
        if (hasReceived()) {
            m_hasHeard = true;
            return m_tls.read(into.data(), static_cast<qint64>(into.size()));
        }
        return isAlive() ? 0 : -1;
    }

    [[nodiscard]] bool send(std::string_view bytes) override
    {
        if (!m_hasHeard) {
            hearRefusal();
        }
        m_left.append(bytes);
        flush();
        return isAlive();
    }

    /// Qt encrypts all it is given at once: pieces keep that short, and the encrypted bytes few.
    void flush() override
    {
        m_tls.flush();
        while (m_leftFrom < m_left.size() && withTls() < mostWithTls && isAlive()) {
            const std::string_view piece = std::string_view(m_left).substr(m_leftFrom, mostWithTls);
            m_leftFrom += static_cast<std::size_t>(
                std::max<qint64>(m_tls.write(piece.data(), static_cast<qint64>(piece.size())), 0));
            m_tls.flush();
        }
        if (m_leftFrom == m_left.size()) {
            m_left.clear();
            m_leftFrom = 0;
        }
    }

private:
    static constexpr std::size_t mostWithTls = 256 * 1024;

    [[nodiscard]] std::size_t withTls() const
    {
        return static_cast<std::size_t>(m_tls.bytesToWrite() + m_tls.encryptedBytesToWrite());
    }

    /// In TLS 1.3 a server judges the client's certificate after the handshake is done for us. Writing to one that has
    /// closed would close the socket with its reason unread.
    void hearRefusal()
    {
        short events = POLLIN;
        if (m_waiter->wait(m_descriptor, events, Deadline(Milliseconds{0}), {}) == Waiter::Outcome::Ready) {
            m_tls.waitForReadyRead(0);
        }
    }

    [[nodiscard]] static Error closedAfterHandshake()
    {
        return {ErrorKind::Tls, {},
            netText(
                "The server closed the connection right after the TLS handshake; it may want a client certificate, or "
                "another one.")};
    }

    [[nodiscard]] bool isAlive() const { return m_tls.state() == QAbstractSocket::ConnectedState; }

    [[nodiscard]] Error silentPeer() const
    {
        return {ErrorKind::Timeout, {},
            netText("No answer to the TLS handshake; the server may not expect TLS on this port.")};
    }

    [[nodiscard]] Error handshakeFailure() const
    {
        const QList<QSslError> errors = m_tls.sslHandshakeErrors();
        if (!errors.isEmpty()) {
            return {ErrorKind::Tls, {}, reasonFor(mostTelling(errors), m_wantedName)};
        }
        if (m_tls.error() == QAbstractSocket::RemoteHostClosedError) {
            return {ErrorKind::Tls, {},
                netText(
                    "The server closed the connection during the TLS handshake; it may not expect TLS on this port.")};
        }
        return {ErrorKind::Tls, {}, tlsText()};
    }

    /// That the name is wrong comes first from Qt, but is a detail where the certificate can't be trusted at all.
    [[nodiscard]] static const QSslError& mostTelling(const QList<QSslError>& errors)
    {
        const auto other = std::find_if(errors.begin(), errors.end(),
            [](const QSslError& error) { return error.error() != QSslError::HostNameMismatch; });
        return other == errors.end() ? errors.front() : *other;
    }

    [[nodiscard]] QString tlsText() const
    {
        const QString text = m_tls.errorString();
        if (text.contains(QLatin1String("certificate required"))) {
            return netText("The server wants a client certificate.");
        }
        if (text.contains(QLatin1String("alert unknown ca")) || text.contains(QLatin1String("alert bad certificate"))) {
            return netText("The server does not accept the client certificate.");
        }
        return isNoTls(text) ? netText("The server does not speak TLS on this port.") : text;
    }

    QSslSocket m_tls;
    QString m_wantedName;
    int m_descriptor = -1;
    std::string m_left; ///< what Qt has not been given yet, from m_leftFrom on
    std::size_t m_leftFrom = 0;
    bool m_hasHeard = false; ///< at least one byte of the server's own
};

} // namespace

Result<std::unique_ptr<Transport>> openTls(const Endpoint& endpoint, Descriptor socket,
    std::unique_ptr<const Waiter> waiter, const Deadline& deadline, const std::stop_token& stop)
{
    if (!QSslSocket::supportsSsl()) {
        return Error{ErrorKind::Tls, {}, netText("This installation has no TLS library.")};
    }
    const Result<QSslConfiguration> configuration = configurationFor(*endpoint.tls);
    if (!configuration) {
        return configuration.error();
    }
    const QString name = endpoint.tls->serverName.isEmpty() ? endpoint.host : endpoint.tls->serverName;
    auto transport = std::make_unique<TlsTransport>(std::move(waiter), name);
    if (!transport->take(socket, *configuration)) {
        return transport->failure();
    }
    if (Status done = transport->handshake(deadline, stop); !done) {
        return std::move(done).error();
    }
    return std::unique_ptr<Transport>(std::move(transport));
}

} // namespace keyglass

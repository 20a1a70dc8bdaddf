// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/servers/certificates.h"

#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace keyglass::test {

namespace {

const QStringList newKey{u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s};

} // namespace

Certificates::Certificates()
{
    const QString key = m_folder.filePath(u"ca.key"_s);
    openssl(QStringList{u"req"_s, u"-x509"_s} + newKey
        + QStringList{
            u"-keyout"_s, key, u"-out"_s, authority(), u"-days"_s, u"30"_s, u"-subj"_s, u"/CN=Keyglass test CA"_s});
}

QString Certificates::authority() const
{
    return m_folder.filePath(u"ca.pem"_s);
}

CertificateFiles Certificates::issue(const QStringList& names)
{
    return sign(names, {u"-days"_s, u"30"_s});
}

CertificateFiles Certificates::issueExpired()
{
    return sign({u"DNS:localhost"_s, u"IP:127.0.0.1"_s}, {u"-days"_s, u"-1"_s});
}

CertificateFiles Certificates::issueSelfSigned()
{
    const CertificateFiles files = nextFiles();
    openssl(QStringList{u"req"_s, u"-x509"_s} + newKey
        + QStringList{u"-keyout"_s, files.key, u"-out"_s, files.certificate, u"-days"_s, u"30"_s, u"-subj"_s,
            u"/CN=localhost"_s, u"-addext"_s, u"subjectAltName=DNS:localhost,IP:127.0.0.1"_s});
    return files;
}

Certificates& Certificates::shared()
{
    static Certificates certificates;
    return certificates;
}

CertificateFiles Certificates::nextFiles()
{
    const QString base = m_folder.filePath(QString::number(++m_count));
    return {base + u".pem"_s, base + u".key"_s};
}

CertificateFiles Certificates::sign(const QStringList& names, const QStringList& validity)
{
    const CertificateFiles files = nextFiles();
    const QString request = files.key + u".csr"_s;
    const QString extensions = files.key + u".ext"_s;
    QFile file(extensions);
    if (!file.open(QIODevice::WriteOnly)) {
        qFatal("can't write %s", qPrintable(extensions));
    }
    file.write(u"subjectAltName=%1\n"_s.arg(names.join(u',')).toUtf8());
    file.close();
    openssl(QStringList{u"req"_s, u"-new"_s} + newKey
        + QStringList{u"-keyout"_s, files.key, u"-out"_s, request, u"-subj"_s, u"/CN=Keyglass test"_s});
    openssl(QStringList{u"x509"_s, u"-req"_s, u"-in"_s, request, u"-CA"_s, authority(), u"-CAkey"_s,
                m_folder.filePath(u"ca.key"_s), u"-CAcreateserial"_s, u"-out"_s, files.certificate, u"-extfile"_s,
                extensions}
        + validity);
    return files;
}

void Certificates::openssl(const QStringList& arguments) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        qFatal("openssl %s: %s %s", qPrintable(arguments.join(u' ')), qPrintable(process.errorString()),
            process.readAll().constData());
    }
}

} // namespace keyglass::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/palettes.h"
#include "tests/ui/value/valuepanefixture.h"

#include <QApplication>
#include <QDir>

using namespace keyglass;
using namespace keyglass::test;
using namespace keyglass::ui;
using namespace std::string_literals;
using namespace Qt::StringLiterals;

class TestValuePanePictures : public ValuePaneFixture {
    Q_OBJECT

private Q_SLOTS:
    void pictures_data();
    void pictures();

private:
    void fillShop();
};

void TestValuePanePictures::fillShop()
{
    m_server->command({"HSET", "user:42:profile", "email", "ada@example.org", "name", "Ada Lovelace", "prefs",
        R"({"theme":"dark","language":"en","recent":[9223372036854775807,12.50,null,true],"note":"caf\u00e9"})",
        "avatar", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s + std::string(14'000, '\x07'), "bio", " two\nlines ", "signature",
        std::string(200'000, 's'), "raw\xff", "\x01", "orders", "17"});
    m_server->command({"EXPIRE", "user:42:profile", "273600"});
    std::string page(300'000, 'a');
    page += '\n';
    m_server->command({"SET", "page:large", page});
    m_server->command({"SET", "blob", "\x89PNG\r\n\x1a\n"s + std::string(500'000, '\x05')});
    m_server->command({"SET", "text",
        "Some words,\n\ta tab, a C:\\path, a zero \0 and \xff bytes.\nÄÖÜ 日本語 שלום 👩‍💻\n"s
            + std::string(400, 'w')});
    m_server->fill(3000, [](std::size_t n) {
        return Args{"ZADD", "rank", std::to_string(static_cast<double>(n) / 7), "player:" + std::to_string(n)};
    });
    m_server->fill(700, [](std::size_t n) {
        return Args{"XADD", "orders", "17000000000-" + std::to_string(n), "sku", "a-" + std::to_string(n), "qty", "2",
            "body", R"({"n":1})"};
    });
}

void TestValuePanePictures::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("key");
    for (const bool dark : {false, true}) {
        for (const char* key : {"user:42:profile", "page:large", "blob", "text", "rank", "orders", "gone"}) {
            QTest::addRow("%s, %s", key, dark ? "dark" : "light") << dark << QString::fromLatin1(key);
        }
    }
}

/// Every state can be painted in both themes; with KEYGLASS_PICTURES set to a folder, the pictures are kept there.
void TestValuePanePictures::pictures()
{
    QFETCH(bool, dark);
    QFETCH(QString, key);
    QApplication::setPalette(testPalette(dark));
    fillShop();
    open(key.toStdString());
    if (key == u"user:42:profile"_s) {
        table()->setCurrentIndex(model()->index(model()->rowOf("prefs", 0), 1));
    }
    cell()->setFormat(key == u"text"_s ? FormatChoice::Text : FormatChoice::Automatic);
    QCoreApplication::processEvents(); // what was shown and hidden finds its place
    const QImage picture = m_pane->grab().toImage();
    const QColor corner = picture.pixelColor(2, picture.height() - 2);
    QCOMPARE(corner.lightness() < 128, dark);
    const QString folder = qEnvironmentVariable("KEYGLASS_PICTURES");
    if (!folder.isEmpty()) {
        const QString name = QString(key).replace(u':', u'-') + (dark ? u"-dark.png"_s : u"-light.png"_s);
        QVERIFY(picture.save(QDir(folder).filePath(name)));
    }
    QApplication::setPalette(testPalette(false));
}

QTEST_MAIN(TestValuePanePictures)
#include "tst_valuepanepictures.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/value/valuepanefixture.h"

#include "tests/ui/value/palettes.h"
#include "ui/value/modulevalue.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QStyleFactory>

namespace keyglass::test {

using namespace keyglass::ui;
using namespace Qt::StringLiterals;

void ValuePaneFixture::initTestCase()
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(testPalette(false));
}

void ValuePaneFixture::init()
{
    m_server = RedisServer::start();
    m_source = std::make_shared<LaneValueSource>(*m_server);
    m_pane = std::make_unique<ValuePane>(m_source);
    m_pane->resize(820, 640);
    m_pane->show();
    if (testsModel()) {
        new QAbstractItemModelTester(model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_pane.get());
    }
}

void ValuePaneFixture::cleanup()
{
    m_pane.reset();
    m_source.reset();
    m_server.reset();
}

void ValuePaneFixture::open(const std::string& key)
{
    m_pane->open(key);
    const auto settled = [&] {
        const bool content = cell()->isVisible() && cell()->isEnabled();
        const bool said = state()->isVisible() && !state()->title().startsWith(u"No key"_s)
            && !state()->title().startsWith(u"Load"_s);
        return m_pane->head() && m_pane->head()->key == key ? content || said : said;
    };
    QTRY_VERIFY_WITH_TIMEOUT(settled(), 10'000);
}

QStringList ValuePaneFixture::drawn() const
{
    QStringList lines;
    for (int row = 0; row < model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model()->columnCount(); ++column) {
            cells.append(model()->index(row, column).data().toString());
        }
        lines.append(cells.join(u" | "_s));
    }
    return lines;
}

QString ValuePaneFixture::labelText(const QString& accessibleName) const
{
    for (const QLabel* label : m_pane->findChildren<QLabel*>()) {
        if (label->accessibleName() == accessibleName) {
            return label->text();
        }
    }
    return {};
}

ValueState* ValuePaneFixture::state() const
{
    for (ValueState* state : m_pane->findChildren<ValueState*>()) {
        if (!cell()->isAncestorOf(state) && !m_pane->findChild<ModuleValue*>()->isAncestorOf(state)) {
            return state;
        }
    }
    return nullptr;
}

void ValuePaneFixture::useUser(const QString& rules)
{
    m_server->command({"ACL", "SETUSER", "bob", "on", ">pw", "~*"});
    Args args{"ACL", "SETUSER", "bob"};
    for (const QString& rule : rules.split(u' ')) {
        args.push_back(rule.toStdString());
    }
    m_server->command(args);
    m_pane.reset();
    m_source = std::make_shared<LaneValueSource>(*m_server, u"bob"_s);
    m_pane = std::make_unique<ValuePane>(m_source);
    m_pane->resize(820, 640);
    m_pane->show();
}

} // namespace keyglass::test

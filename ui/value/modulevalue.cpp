// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/value/modulevalue.h"

#include "core/base/bytes.h"
#include "core/base/errortext.h"
#include "core/base/filewriting.h"
#include "ui/common/whenready.h"
#include "ui/value/valuestate.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QSaveFile>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace keyglass::ui {

namespace {

struct KnownType {
    std::string_view name;
    const char* text;
};

const std::array knownTypes{
    KnownType{"MBbloom--", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a Bloom filter (RedisBloom)")},
    KnownType{"bloomfltr", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a Bloom filter (Valkey Bloom)")},
    KnownType{"MBbloomCF", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a cuckoo filter (RedisBloom)")},
    KnownType{"CMSk-TYPE", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a count-min sketch (RedisBloom)")},
    KnownType{"TopK-TYPE", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a top-k list (RedisBloom)")},
    KnownType{"TDIS-TYPE", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a t-digest (RedisBloom)")},
    KnownType{"TSDB-TYPE", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a time series (RedisTimeSeries)")},
    KnownType{"graphdata", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a graph (RedisGraph)")},
    KnownType{"vectorset", QT_TRANSLATE_NOOP("keyglass::ui::ModuleValue", "a vector set (Redis 8)")},
};

} // namespace

QString moduleTypeText(const std::string& typeName)
{
    for (const KnownType& known : knownTypes) {
        if (known.name == typeName) {
            return QCoreApplication::translate("keyglass::ui::ModuleValue", known.text);
        }
    }
    return {};
}

ModuleValue::ModuleValue(std::shared_ptr<ValueSource> source, QWidget* parent)
    : QWidget(parent)
    , m_source(std::move(source))
    , m_state(new ValueState(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_state);
    connect(m_state, &ValueState::buttonClicked, this, &ModuleValue::askFile);
}

void ModuleValue::setHead(const ValueHead& head)
{
    m_head = head;
    m_saved.clear();
    m_modules.clear();
    ++m_generation;
    say();
    if (moduleTypeText(head.typeName).isEmpty()) {
        askModules();
    }
}

/// No server tells which module a type belongs to, but which modules it has. Where it does not say that, nothing is
/// said here.
void ModuleValue::askModules()
{
    whenReady(this, m_source->loadModules(m_head.key),
        [this, generation = m_generation](const Result<std::vector<ServerModule>>& modules) {
            if (generation != m_generation || !modules || modules->empty()) {
                return;
            }
            QStringList names;
            for (const ServerModule& module : *modules) {
                names << tr("%1 (version %2)").arg(displayText(module.name)).arg(module.version);
            }
            m_modules = tr("Modules of the server: %1.").arg(names.join(QStringLiteral(", ")));
            say();
        });
}

void ModuleValue::say()
{
    const QString type = displayText(m_head.typeName);
    const QString known = moduleTypeText(m_head.typeName);
    QStringList lines{known.isEmpty()
            ? tr("The key holds a value of the type %1, which belongs to a module of the server.").arg(type)
            : tr("The key holds %1. Its type is %2, which can't be shown here.").arg(known, type)};
    lines << m_modules
          << tr("A dump is the value as the server itself writes it. Key, New key… makes a key of it again.")
          << m_saved;
    lines.removeAll(QString());
    m_state->say(tr("Values of this type can't be shown"), lines.join(QStringLiteral("\n\n")), tr("Save a dump…"));
}

void ModuleValue::askFile()
{
    auto* dialog = new QFileDialog(window(), tr("Save a dump of the key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("dump"));
    connect(dialog, &QFileDialog::fileSelected, this, &ModuleValue::saveDump);
    dialog->open();
}

void ModuleValue::saveDump(const QString& path)
{
    m_saved = tr("Reading the dump…");
    say();
    const std::uint64_t generation = m_generation;
    whenReady(this, m_source->loadSlice({m_head.key, KeyType::Other, {}}),
        [this, generation, path](const Result<std::string>& dump) {
            if (generation != m_generation) {
                return; // the user went on to another key
            }
            if (dump) {
                writeFile(path, *dump);
            } else {
                m_saved = errorText(dump.error());
            }
            say();
        });
}

void ModuleValue::writeFile(const QString& path, const std::string& bytes)
{
    QSaveFile file(path);
    const bool isOpen =
        file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const Status saved = isOpen ? saveWhole(file, bytes) : Status(Error{ErrorKind::File, path, file.errorString()});
    m_saved =
        saved ? tr("%1 were saved to %2.").arg(sizeText(ByteCount{bytes.size()}), path) : errorText(saved.error());
}

} // namespace keyglass::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/value/valuesource.h"

#include <QWidget>

#include <memory>

namespace keyglass::ui {

class ValueState;

/// What stands for a value whose type belongs to a module that nothing here can show: what it is, whose it is, and that
/// it can be saved to a file as the server itself writes it.
class ModuleValue : public QWidget {
    Q_OBJECT

public:
    explicit ModuleValue(std::shared_ptr<ValueSource> source, QWidget* parent = nullptr);

    void setHead(const ValueHead& head);
    /// Writes the key's dump to a new file that only its owner may read; what came of it is said below.
    void saveDump(const QString& path);

private:
    void askModules();
    void askFile();
    void say();
    void writeFile(const QString& path, const std::string& bytes);

    std::shared_ptr<ValueSource> m_source;
    ValueState* m_state;
    ValueHead m_head;
    QString m_saved;   ///< What came of saving.
    QString m_modules; ///< Those of the server, where the type's name does not say whose it is.
    std::uint64_t m_generation = 0;
};

/// What is known of a module's type by its name, as its makers publish it; empty for others.
[[nodiscard]] QString moduleTypeText(const std::string& typeName);

} // namespace keyglass::ui

#include "console/pages/parameter_conflict.h"

#include "console/models/words.h"
#include "console/pages/parameter_form.h"
#include "console/pages/text.h"
#include "shared/model/parameter_form.h"

#include <QMessageBox>
#include <QPushButton>

namespace cohort::console {

QStringList bothValues(const ParameterConflict& conflict)
{
    const auto shown = [](const QJsonValue& value) {
        return value.isUndefined() ? Pages::tr("the default") : words::line(value);
    };
    QStringList lines;
    for (const QString& name : model::differingNames(conflict.mine, conflict.there))
        lines.append(Pages::tr("%1: yours %2, there now %3")
                         .arg(readableName(name), shown(conflict.mine.value(name)), shown(conflict.there.value(name))));
    return lines;
}

void askOfBoth(QWidget* parent, const ParameterConflict& conflict, std::function<void()> apply,
               std::function<void()> take)
{
    auto* box = new QMessageBox(
        QMessageBox::Warning, Pages::tr("Parameters were changed"),
        Pages::tr("Somebody has set parameters of “%1” since they were read here.").arg(conflict.script),
        QMessageBox::Cancel, parent);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(bothValues(conflict).join(QLatin1Char('\n')));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* mine = box->addButton(Pages::tr("Apply mine"), QMessageBox::DestructiveRole);
    auto* there = box->addButton(Pages::tr("Take what is there"), QMessageBox::AcceptRole);
    mine->setObjectName(QStringLiteral("mine"));
    there->setObjectName(QStringLiteral("there"));
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(mine, &QPushButton::clicked, parent, std::move(apply));
    QObject::connect(there, &QPushButton::clicked, parent, std::move(take));
    box->open();
}

} // namespace cohort::console

#include "console/pages/confirm_parameters.h"

#include "console/pages/text.h"

#include <QMessageBox>
#include <QPushButton>

namespace cohort::console {

void confirmParameters(QWidget* parent, const QString& script, const QStringList& both, std::function<void()> apply,
                       std::function<void()> take)
{
    auto* box = new QMessageBox(QMessageBox::Warning, Pages::tr("Parameters were changed"),
                                Pages::tr("Somebody has set parameters of “%1” since they were read here.").arg(script),
                                QMessageBox::Cancel, parent);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(both.join(QLatin1Char('\n')));
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

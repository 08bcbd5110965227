#include "console/pages/confirm_end.h"

#include "console/pages/text.h"

#include <QMessageBox>
#include <QPushButton>

namespace cohort::console {

void confirmEnd(QWidget* parent, const EndQuestion& what, std::function<void()> then)
{
    auto* box = new QMessageBox(QMessageBox::Warning, what.title, what.question, QMessageBox::Cancel, parent);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(what.ends);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* act = box->addButton(what.action, QMessageBox::DestructiveRole);
    act->setObjectName(QStringLiteral("act"));
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(act, &QPushButton::clicked, parent, std::move(then));
    box->open();
}

} // namespace cohort::console

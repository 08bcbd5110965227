#include "console/pages/version_conflict.h"

#include "console/pages/text.h"

#include <QMessageBox>
#include <QPushButton>

namespace cohort::console {

void askOfNewer(QWidget* parent, const VersionConflict& conflict, std::function<void()> compare,
                std::function<void()> save)
{
    auto* box = new QMessageBox(
        QMessageBox::Warning, Pages::tr("There is a newer version"),
        Pages::tr("“%1” has version %2 by now; what is written here came from version %3. It is not saved.")
            .arg(conflict.script)
            .arg(conflict.newest)
            .arg(conflict.base),
        QMessageBox::NoButton, parent);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(Pages::tr("Saved on top, the text here is the newest, without what came since."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* look = box->addButton(Pages::tr("Show what came since"), QMessageBox::ActionRole);
    auto* onTop = box->addButton(Pages::tr("Save on top"), QMessageBox::DestructiveRole);
    auto* stay = box->addButton(Pages::tr("Keep editing"), QMessageBox::RejectRole);
    look->setObjectName(QStringLiteral("compare"));
    onTop->setObjectName(QStringLiteral("onTop"));
    stay->setObjectName(QStringLiteral("stay"));
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    QObject::connect(look, &QPushButton::clicked, parent, std::move(compare));
    QObject::connect(onTop, &QPushButton::clicked, parent, std::move(save));
    box->open();
}

} // namespace cohort::console

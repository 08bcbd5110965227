#include "console/pages/unsaved.h"

#include "console/pages/text.h"
#include "shared/base/when_done.h"

#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

namespace cohort::console {

namespace {

void keepFirst(QWidget* window, NoticeBar* notices, const QList<Unsaved>& items, const std::function<void()>& then)
{
    notices->setBusy(true);
    whenDone(window, items.first().keep(), [window, bar = QPointer<NoticeBar>(notices), items, then](const auto& kept) {
        if (!bar)
            return;
        bar->setBusy(false);
        if (!kept) {
            bar->showError(kept.error());
            return;
        }
        items.first().drop();
        settleUnsaved(window, bar, items.mid(1), then);
    });
}

} // namespace

void settleUnsaved(QWidget* window, NoticeBar* notices, const QList<Unsaved>& items, const std::function<void()>& then)
{
    if (items.isEmpty()) {
        then();
        return;
    }
    const Unsaved& first = items.first();
    auto* box =
        new QMessageBox(QMessageBox::Question, Pages::tr("Not saved"), first.question, QMessageBox::NoButton, window);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    auto* keep = box->addButton(first.keepWord, QMessageBox::AcceptRole);
    auto* drop = box->addButton(Pages::tr("Discard"), QMessageBox::DestructiveRole);
    auto* stay = box->addButton(Pages::tr("Stay"), QMessageBox::RejectRole);
    keep->setObjectName(QStringLiteral("keep"));
    drop->setObjectName(QStringLiteral("drop"));
    stay->setObjectName(QStringLiteral("stay"));
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    QObject::connect(keep, &QPushButton::clicked, window,
                     [window, notices, items, then] { keepFirst(window, notices, items, then); });
    QObject::connect(drop, &QPushButton::clicked, window, [window, notices, items, then] {
        items.first().drop();
        settleUnsaved(window, notices, items.mid(1), then);
    });
    box->open();
}

} // namespace cohort::console

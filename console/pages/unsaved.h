// What is not saved or sent, asked about item by item before somebody signs out or closes the window.
// Thread: GUI. Owner: MainWindow. Flow: pages' unsaved() → a question each → keep or drop → then().
#pragma once

#include "console/pages/notice_bar.h"
#include "shared/base/result.h"

#include <QFuture>

#include <functional>

namespace cohort::console {

struct Unsaved
{
    QString question; // whose, and what: plain text
    QString keepWord; // "Save", "Send"
    std::function<QFuture<Result<void>>()> keep;
    std::function<void()> drop; // also after it was kept
};

// `then` runs when each item was kept or dropped; not where somebody stays, or something cannot be kept: the bar says why.
void settleUnsaved(QWidget* window, NoticeBar* notices, const QList<Unsaved>& items, const std::function<void()>& then);

} // namespace cohort::console

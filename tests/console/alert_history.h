// What happened with the alert that a page shows.
#pragma once

#include "tests/console/peer_window.h"

#include <QListWidget>

namespace cohort::console {

// The lines of its history, without their times.
inline QStringList historyOf(const QWidget* page)
{
    QStringList lines;
    const auto* list = page->findChild<QListWidget*>(QStringLiteral("history"));
    for (int row = 0; row < list->count(); ++row)
        lines.append(list->item(row)->text().section(QStringLiteral("  "), 1));
    return lines;
}

} // namespace cohort::console

// Text that is not ours (keys, names, what people and scripts wrote) is shown as it stands, never read as markup.
// Thread: GUI. Owner: nobody. Flow: model, page → plainToolTip → tool tip; labels: pages/plain_labels.h.
#pragma once

#include <QString>

namespace cohort::console {

// For setToolTip and ToolTipRole, which read what looks like markup: the text itself, wrapped where it is long.
inline QString plainToolTip(const QString& text)
{
    return text.isEmpty() ? text
                          : QStringLiteral("<span>%1</span>")
                                .arg(text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
}

} // namespace cohort::console

// What somebody may have meant who wrote a name that is not there.
// Thread: pure functions. Owner: nobody. Flow: a wrong name and those that there are → the sentence of an error.
#pragma once

#include <QString>
#include <QStringList>

namespace cohort {

// Those of `known` that `written` resembles (case and punctuation aside; also the part behind the last '/'), the nearest
// first, at most `most`; none where nothing is near.
QStringList nearNames(const QString& written, const QStringList& known, qsizetype most = 3);

} // namespace cohort

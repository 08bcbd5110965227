// A certificate's fingerprint as people compare it: what the server prints and the console asks for.
// Thread: any. Owner: nobody. Flow: SHA-256 in hex → groups of four capitals.
#pragma once

#include <QByteArray>
#include <QStringList>

namespace cohort {

inline QStringList fingerprintGroups(const QByteArray& hex)
{
    QStringList groups;
    for (qsizetype at = 0; at < hex.size(); at += 4)
        groups.append(QString::fromLatin1(hex.mid(at, 4)).toUpper());
    return groups;
}

} // namespace cohort

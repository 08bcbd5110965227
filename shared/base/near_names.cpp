#include "shared/base/near_names.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cohort {

namespace {

constexpr qsizetype LongestCompared = 60;

QString plain(const QString& name)
{
    QString letters;
    for (const QChar c : name.left(LongestCompared)) {
        if (c.isLetterOrNumber())
            letters += c.toLower();
    }
    return letters;
}

// How many letters must be changed, added or left out (Levenshtein).
qsizetype distance(const QString& a, const QString& b)
{
    std::vector<qsizetype> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        qsizetype diagonal = std::exchange(row[0], i + 1);
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const qsizetype changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[at + 1];
            row[at + 1] = std::min({changed, row[at] + 1, row[at + 1] + 1});
        }
    }
    return row.back();
}

// 0: the same letters; -1: not near.
qsizetype farness(const QString& written, const QString& known)
{
    const QString last = plain(known.section(u'/', -1));
    const qsizetype away = std::min(distance(written, plain(known)), distance(written, last));
    if (away <= std::max<qsizetype>(1, written.size() / 4))
        return away;
    const bool isPart = written.size() >= 3 && plain(known).contains(written);
    return isPart ? written.size() : -1;
}

} // namespace

QStringList nearNames(const QString& written, const QStringList& known, qsizetype most)
{
    const QString wanted = plain(written);
    std::vector<std::pair<qsizetype, QString>> near;
    for (const QString& name : known) {
        if (const qsizetype away = farness(wanted, name); !wanted.isEmpty() && away >= 0)
            near.emplace_back(away, name);
    }
    std::sort(near.begin(), near.end());
    QStringList names;
    for (const auto& [away, name] : near) {
        if (names.size() < most)
            names.append(name);
    }
    return names;
}

} // namespace cohort

#include "server/scripts/text_diff.h"

#include <algorithm>
#include <vector>

namespace cohort::scripts {

namespace {

using model::DiffKind;
constexpr int MostEdits = 1'000; // the trace takes their square

QStringList linesOf(const QString& text)
{
    if (text.isEmpty())
        return {};
    return (text.endsWith(u'\n') ? text.chopped(1) : text).split(u'\n');
}

// Lines of both; the next of each; what came of it.
struct Walk
{
    const QString& file;
    const QStringList& from;
    const QStringList& to;
    int nextFrom = 0, nextTo = 0;
    QList<model::DiffLine> lines;

    bool isSame(qsizetype endFrom, qsizetype endTo) const
    {
        return nextFrom < endFrom && nextTo < endTo && from.at(nextFrom) == to.at(nextTo);
    }
    void same()
    {
        lines.append({DiffKind::Same, file, nextFrom + 1, nextTo + 1, from.at(nextFrom)});
        ++nextFrom;
        ++nextTo;
    }
    void remove()
    {
        lines.append({DiffKind::Removed, file, nextFrom + 1, 0, from.at(nextFrom)});
        ++nextFrom;
    }
    void add()
    {
        lines.append({DiffKind::Added, file, 0, nextTo + 1, to.at(nextTo)});
        ++nextTo;
    }
};

template <typename Reach>
auto& at(Reach& reach, int diagonal)
{
    return reach[static_cast<std::size_t>(diagonal + MostEdits + 1)];
}

// The furthest place on each diagonal after each number of edits; the last one reaches both ends.
class Trace
{
public:
    // False: it takes more than MostEdits.
    bool find(const QStringList& from, const QStringList& to)
    {
        const auto ends = static_cast<int>(from.size()), toEnds = static_cast<int>(to.size());
        std::vector<int> reach(2 * MostEdits + 3, 0);
        for (int edits = 0; edits <= MostEdits; ++edits) {
            m_reach.push_back(reach);
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                int x = isDown(reach, diagonal, edits) ? at(reach, diagonal + 1) : at(reach, diagonal - 1) + 1;
                while (x < ends && x - diagonal < toEnds && from.at(x) == to.at(x - diagonal))
                    ++x;
                at(reach, diagonal) = x;
                if (x >= ends && x - diagonal >= toEnds)
                    return true;
            }
        }
        return false;
    }
    // The edits from the end to the beginning, turned round: true is one line added, false one removed.
    std::vector<bool> edits(int x, int y) const
    {
        std::vector<bool> all;
        for (auto edits = static_cast<int>(m_reach.size()) - 1; edits > 0; --edits) {
            const auto& reach = m_reach[static_cast<std::size_t>(edits)];
            const bool down = isDown(reach, x - y, edits);
            const int before = x - y + (down ? 1 : -1);
            x = at(reach, before);
            y = x - before;
            all.push_back(down);
        }
        std::reverse(all.begin(), all.end());
        return all;
    }

private:
    static bool isDown(const std::vector<int>& reach, int diagonal, int edits)
    {
        return diagonal == -edits || (diagonal != edits && at(reach, diagonal - 1) < at(reach, diagonal + 1));
    }

    std::vector<std::vector<int>> m_reach;
};

} // namespace

QList<model::DiffLine> diffLines(const QString& file, const QString& from, const QString& to)
{
    const QStringList before = linesOf(from), after = linesOf(to);
    const auto shorter = std::min(before.size(), after.size());
    qsizetype head = 0, tail = 0;
    while (head < shorter && before.at(head) == after.at(head))
        ++head;
    while (tail < shorter - head && before.at(before.size() - 1 - tail) == after.at(after.size() - 1 - tail))
        ++tail;
    const qsizetype endBefore = before.size() - tail, endAfter = after.size() - tail;
    Walk walk{file, before, after, 0, 0, {}};
    while (walk.nextFrom < head)
        walk.same();
    Trace trace;
    if (trace.find(before.mid(head, endBefore - head), after.mid(head, endAfter - head))) {
        for (const bool added : trace.edits(static_cast<int>(endBefore - head), static_cast<int>(endAfter - head))) {
            while (walk.isSame(endBefore, endAfter))
                walk.same();
            added ? walk.add() : walk.remove();
        }
        while (walk.isSame(endBefore, endAfter))
            walk.same();
    } else {
        while (walk.nextFrom < endBefore)
            walk.remove();
        while (walk.nextTo < endAfter)
            walk.add();
    }
    while (walk.nextFrom < before.size())
        walk.same();
    return walk.lines;
}

} // namespace cohort::scripts

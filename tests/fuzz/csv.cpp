// CSV: however the bytes come, the same rows and the same fault; what was read and is written is read as it was.
#include "shared/base/csv.h"
#include "tests/fuzz/check.h"

#include <QBuffer>

#include <algorithm>
#include <vector>

namespace cohort::fuzz {

namespace {

constexpr CsvLimits Limits{.columns = 8, .rowBytes = 200, .bytes = 1'000'000, .rows = 50};

// Gives at most so many bytes at a time, as a slow pipe does.
class Drip : public QIODevice
{
public:
    Drip(std::string_view bytes, std::size_t piece) : m_rest(bytes), m_piece(piece) { open(ReadOnly | Unbuffered); }

protected:
    qint64 readData(char* into, qint64 most) override
    {
        const std::size_t count = std::min({m_rest.size(), m_piece, static_cast<std::size_t>(most)});
        std::copy_n(m_rest.data(), count, into);
        m_rest.remove_prefix(count);
        return static_cast<qint64>(count);
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::string_view m_rest;
    const std::size_t m_piece;
};

struct Told
{
    std::vector<QStringList> rows;
    std::vector<int> lines;
    QString fault; // empty: none
    bool operator==(const Told&) const = default;
};

Told toldBy(QIODevice& source, CsvLimits limits)
{
    CsvReader reader(QStringLiteral("x"), source, limits);
    Told told;
    for (;;) {
        const auto row = reader.next();
        if (!row) {
            holds(row.error().code == ErrorCode::CannotParse || row.error().code == ErrorCode::TooLarge,
                  "the text's own faults only");
            holds(row.error().detail.startsWith(QStringLiteral("x:")), "a fault names its place");
            told.fault = row.error().detail;
            return told;
        }
        if (!*row)
            return told;
        told.rows.push_back((*row)->cells);
        told.lines.push_back((*row)->line);
    }
}

Told toldBy(const QByteArray& text)
{
    QByteArray bytes = text;
    QBuffer source(&bytes);
    source.open(QIODevice::ReadOnly);
    return toldBy(source, {});
}

void checkRows(const Told& told)
{
    holds(told.rows.size() <= Limits.rows, "as many rows as may be");
    for (std::size_t i = 0; i < told.rows.size(); ++i) {
        holds(!told.rows[i].isEmpty() && told.rows[i].size() <= Limits.columns, "as many cells as may be");
        holds(told.lines[i] >= 1 && (i == 0 || told.lines[i] > told.lines[i - 1]), "lines go on");
        qsizetype bytes = 0;
        for (const QString& cell : told.rows[i])
            bytes += cell.toUtf8().size();
        holds(bytes <= Limits.rowBytes, "as many bytes as a row may have");
    }
}

QString quoted(QString cell)
{
    return u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

// With every cell in quotes, and as an export writes it, behind a first cell so that no row is blank.
void checkWriting(const std::vector<QStringList>& rows)
{
    QString inQuotes, exported;
    std::vector<QStringList> expected;
    for (const QStringList& row : rows) {
        QStringList cells, texts{QStringLiteral("x")}, safe{QStringLiteral("x")};
        for (const QString& cell : row) {
            cells.append(quoted(cell));
            texts.append(csvText(cell));
            const auto first = std::find_if(cell.begin(), cell.end(), [](QChar c) { return c != u'\''; });
            const bool runs = first != cell.end() && QStringLiteral("=+-@\t\r").contains(*first);
            safe.append(runs ? u'\'' + cell : cell);
            holds(csvPlain(safe.last()) == cell, "what an export made harmless is read as it was");
        }
        inQuotes += cells.join(u',') + u'\n';
        exported += texts.join(u',') + u'\n';
        expected.push_back(safe);
    }
    const Told again = toldBy(inQuotes.toUtf8());
    holds(again.fault.isEmpty() && again.rows == rows, "cells in quotes are read as they were");
    const Told back = toldBy(exported.toUtf8());
    holds(back.fault.isEmpty() && back.rows == expected, "an export is read as it was, and runs in no spreadsheet");
}

// A cell loses a byte order mark at its beginning, once.
bool hasMarks(const std::vector<QStringList>& rows)
{
    return std::any_of(rows.begin(), rows.end(), [](const QStringList& row) {
        return std::any_of(row.begin(), row.end(), [](const QString& cell) { return cell.startsWith(QChar(0xfeff)); });
    });
}

} // namespace

void check(std::span<const std::byte> input)
{
    const std::string_view bytes = textOf(input);
    Drip whole(bytes, std::max<std::size_t>(bytes.size(), 1));
    const Told told = toldBy(whole, Limits);
    Drip pieces(bytes, pieceOf(bytes));
    holds(toldBy(pieces, Limits) == told, "pieces tell what the whole tells");
    checkRows(told);
    if (!hasMarks(told.rows))
        checkWriting(told.rows);
    if (told.fault.isEmpty())
        for (const QStringList& row : told.rows)
            for (const QString& cell : row)
                holds(!cell.contains(QChar::ReplacementCharacter) ||
                          bytes.find("\xef\xbf\xbd") != std::string_view::npos,
                      "nothing is replaced");
}

} // namespace cohort::fuzz

// The one reader of CSV, as spreadsheets and Cohort itself write it, and the one way in which a cell is
// written. Thread: the caller's. Owner: the caller. Flow: bytes → CsvReader → rows (→ CsvTable); values →
// csvText, csvNumber. Source: RFC 4180; study.md, "Export".
#pragma once

#include "shared/base/result.h"
#include "shared/base/value.h"

#include <QByteArray>
#include <QIODevice>
#include <QStringList>

#include <optional>
#include <vector>

namespace cohort {

// What is refused as TooLarge, with the line.
struct CsvLimits
{
    qsizetype columns = 64;
    qsizetype rowBytes = 1024 * 1024;
    qint64 bytes = 256LL * 1024 * 1024; // of the whole text
    std::size_t rows = 20'000'000;      // with the header
};

struct CsvRow
{
    int line = 0; // where it begins, 1…
    QStringList cells;
};

// Reads row by row, holding one row and 64 KiB. Cells may be quoted; lines may end in LF, CRLF or CR; a byte
// order mark and blank lines are skipped.
class CsvReader
{
public:
    // `name` stands before the line in errors; `source` is open for reading and outlives the reader.
    // Of a blank as separator several count as one.
    CsvReader(QString name, QIODevice& source, CsvLimits limits = {}, char separator = ',');

    // The next row, nothing behind the last. Errors, as "name:line: what to mend": CannotParse (a quote
    // inside a cell or not closed, not UTF-8), TooLarge, Unavailable when the source cannot be read. Not to
    // be called after one.
    Result<std::optional<CsvRow>> next();

private:
    enum class State { Start, Plain, Quoted, QuoteSeen };
    enum class Step { More, RowEnds };

    Result<void> readChunk(qsizetype least);
    Result<bool> more(); // fills the chunk when it is used up; false: the source has ended
    Result<void> readRow();
    Result<Step> take(char c);
    Result<Step> takeOutside(char c);
    Result<Step> takeEnd(char c); // of a cell or a row
    Result<void> endCell();
    tl::unexpected<Error> wrong(ErrorCode code, int line, const QString& what) const;

    QString m_name;
    QIODevice& m_source;
    CsvLimits m_limits;
    char m_separator;
    QByteArray m_chunk;
    qsizetype m_at = 0; // in the chunk
    qint64 m_bytes = 0; // of the chunks so far
    QByteArray m_cell;
    CsvRow m_row;
    struct Place
    {
        int line = 1;
        std::size_t rows = 0;
        qsizetype rowBytes = 0;
        bool quoted = false;      // a cell of this row was
        bool afterReturn = false; // the last byte was CR: a LF now ends no other line
    };
    Place m_place;
    State m_state = State::Start;
};

// A whole file with a header; each of `rows` has as many cells as there are columns.
struct CsvTable
{
    QString file;
    QStringList columns;
    std::vector<CsvRow> rows;
    std::vector<CsvRow> odd; // with more or fewer cells, where they were asked for apart

    // The cell of this column, trimmed; empty when the file has no such column.
    QString cell(const CsvRow& row, const char* column) const;
    // file:line:column: name of the column: what. The column is counted from 1, in cells.
    QString place(const CsvRow& row, const char* column, const QString& what) const;
    // file:line: how many cells this row has, and how many it should have.
    QString oddness(const CsvRow& row) const;
};

// What becomes of a row with another number of cells than the header has.
enum class OddRows { Refused, Apart };
// Errors: the reader's; WrongValue with file:line: no header, a needed column not there once, an odd row.
Result<CsvTable> parseCsv(const QString& file, const QByteArray& text, const QStringList& needed, CsvLimits limits = {},
                          OddRows odd = OddRows::Refused);
// Errors also: NotFound when the file cannot be read.
Result<CsvTable> readCsv(const QString& file, const QStringList& needed, CsvLimits limits = {},
                         OddRows odd = OddRows::Refused);

// One cell: quoted where it must be; a text that begins with = + - @ tab or return, which a spreadsheet would
// run, gets an apostrophe in front, also where it has some.
QString csvText(const QString& text);
// The text of a cell as it is read, without the apostrophe that csvText (or a spreadsheet) put in front.
QString csvPlain(const QString& cell);
// A number with every digit that matters; never touched.
QString csvNumber(double number);
// The cell of a value, with every digit of an integer; empty where there is none.
QString csvValue(const Value& value);

} // namespace cohort

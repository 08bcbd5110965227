#include "shared/base/csv.h"

#include "shared/base/utf8.h"

#include <QBuffer>
#include <QFile>
#include <QLocale>
#include <QStringDecoder>

#include <algorithm>
#include <cstring>

namespace cohort {

namespace {

constexpr qint64 ChunkBytes = 64 * 1024;
constexpr char ByteOrderMark[] = "\xef\xbb\xbf";

// Behind the apostrophes that it begins with.
bool wouldRun(const QString& text)
{
    const auto first = std::find_if(text.begin(), text.end(), [](QChar c) { return c != u'\''; });
    return first != text.end() && QStringLiteral("=+-@\t\r").contains(*first);
}

Result<CsvTable> readTable(const QString& file, QIODevice& source, const QStringList& needed, CsvLimits limits,
                           OddRows odd)
{
    const auto wrong = [&file](int line, const QString& what) {
        return fail(ErrorCode::WrongValue, QStringLiteral("%1:%2: %3").arg(file).arg(line).arg(what));
    };
    CsvReader reader(file, source, limits);
    CsvTable table;
    table.file = file;
    COHORT_TRY(header, reader.next());
    if (!header)
        return wrong(1, QStringLiteral("the file is empty; its first line must be %1").arg(needed.join(u',')));
    for (const QString& column : header->cells)
        table.columns.append(column.trimmed());
    for (const QString& column : needed) {
        if (table.columns.count(column) != 1)
            return wrong(header->line, QStringLiteral("the header must have the column '%1' once").arg(column));
    }
    for (;;) {
        COHORT_TRY(row, reader.next());
        if (!row)
            return table;
        const bool isOdd = row->cells.size() != table.columns.size();
        if (isOdd && odd == OddRows::Refused)
            return fail(ErrorCode::WrongValue, table.oddness(*row));
        (isOdd ? table.odd : table.rows).push_back(std::move(*row));
    }
}

} // namespace

CsvReader::CsvReader(QString name, QIODevice& source, CsvLimits limits, char separator)
    : m_name(std::move(name)), m_source(source), m_limits(limits), m_separator(separator)
{
}

tl::unexpected<Error> CsvReader::wrong(ErrorCode code, int line, const QString& what) const
{
    return fail(code, QStringLiteral("%1:%2: %3").arg(m_name).arg(line).arg(what));
}

// At least so many bytes into the chunk, or what is left.
Result<void> CsvReader::readChunk(qsizetype least)
{
    m_chunk.resize(0); // keeps its room
    m_at = 0;
    while (m_chunk.size() < least) {
        const qsizetype had = m_chunk.size();
        m_chunk.resize(had + ChunkBytes);
        const qint64 size = m_source.read(m_chunk.data() + had, ChunkBytes);
        m_chunk.resize(had + std::max<qint64>(size, 0));
        if (size < 0)
            return wrong(ErrorCode::Unavailable, m_place.line, m_source.errorString());
        if (size == 0)
            break;
    }
    m_bytes += m_chunk.size();
    return {};
}

Result<bool> CsvReader::more()
{
    while (m_at == m_chunk.size()) {
        const auto mark = static_cast<qsizetype>(std::strlen(ByteOrderMark));
        const bool first = m_bytes == 0;
        COHORT_CHECK(readChunk(first ? mark : 1)); // a pipe may give the mark byte by byte
        if (m_chunk.isEmpty())
            return false;
        if (m_bytes > m_limits.bytes)
            return wrong(ErrorCode::TooLarge, m_place.line,
                         QStringLiteral("at most %1 bytes in all; split it").arg(m_limits.bytes));
        if (first && m_chunk.startsWith(ByteOrderMark))
            m_at = mark;
    }
    return true;
}

Result<std::optional<CsvRow>> CsvReader::next()
{
    for (;;) {
        m_row = {m_place.line, {}};
        m_place.rowBytes = 0;
        m_place.quoted = false;
        COHORT_CHECK(readRow());
        if (m_row.cells.isEmpty())
            return std::optional<CsvRow>();
        if (m_row.cells.size() == 1 && !m_place.quoted && m_row.cells.front().trimmed().isEmpty())
            continue;
        if (++m_place.rows > m_limits.rows)
            return wrong(ErrorCode::TooLarge, m_row.line,
                         QStringLiteral("at most %1 rows; split it").arg(m_limits.rows));
        return std::optional<CsvRow>(std::move(m_row));
    }
}

// Into m_row, whose cells stay empty behind the last row.
Result<void> CsvReader::readRow()
{
    for (;;) {
        COHORT_TRY(isMore, more());
        if (!isMore && m_state == State::Quoted)
            return wrong(ErrorCode::CannotParse, m_row.line, QStringLiteral("a quote is not closed"));
        if (!isMore && m_state == State::Start && (m_row.cells.isEmpty() || m_separator == ' '))
            return {};
        if (!isMore)
            return endCell();
        COHORT_TRY(step, take(m_chunk.at(m_at++)));
        if (step == Step::RowEnds)
            return {};
    }
}

Result<CsvReader::Step> CsvReader::take(char c)
{
    if (++m_place.rowBytes > m_limits.rowBytes)
        return wrong(ErrorCode::TooLarge, m_row.line,
                     QStringLiteral("a row of over %1 bytes; is a quote not closed?").arg(m_limits.rowBytes));
    const bool secondOfTwo = c == '\n' && std::exchange(m_place.afterReturn, false);
    m_place.afterReturn = c == '\r';
    if ((c == '\n' && !secondOfTwo) || c == '\r')
        ++m_place.line;
    if (m_state == State::Quoted && c != '"') {
        m_cell.append(c);
        return Step::More;
    }
    if (m_state == State::Quoted) {
        m_state = State::QuoteSeen;
        return Step::More;
    }
    if (secondOfTwo) // the row ended at CR
        return Step::More;
    return takeOutside(c);
}

Result<CsvReader::Step> CsvReader::takeEnd(char c)
{
    const bool isRowEnd = c != m_separator;
    // Blanks before, between and behind the cells are one separator, or none.
    if (m_separator == ' ' && m_state == State::Start && (!isRowEnd || !m_row.cells.isEmpty()))
        return isRowEnd ? Step::RowEnds : Step::More;
    COHORT_CHECK(endCell());
    if (!isRowEnd && m_row.cells.size() == m_limits.columns)
        return wrong(ErrorCode::TooLarge, m_row.line, QStringLiteral("over %1 columns").arg(m_limits.columns));
    return isRowEnd ? Step::RowEnds : Step::More;
}

Result<CsvReader::Step> CsvReader::takeOutside(char c)
{
    if (c == m_separator || c == '\n' || c == '\r')
        return takeEnd(c);
    if (c == '"' && m_state == State::Plain)
        return wrong(ErrorCode::CannotParse, m_place.line,
                     QStringLiteral("a quote inside a cell; quote the whole cell and double the quote"));
    if (m_state == State::QuoteSeen && c != '"')
        return wrong(ErrorCode::CannotParse, m_place.line,
                     QStringLiteral("text after a closing quote; double the quotes inside a quoted cell"));
    if (m_state == State::QuoteSeen)
        m_cell.append(c);
    if (c == '"') {
        m_state = State::Quoted;
        m_place.quoted = true;
        return Step::More;
    }
    m_state = State::Plain;
    m_cell.append(c);
    return Step::More;
}

Result<void> CsvReader::endCell()
{
    if (!isUtf8({m_cell.constData(), static_cast<std::size_t>(m_cell.size())}))
        return wrong(ErrorCode::CannotParse, m_row.line, QStringLiteral("not UTF-8; save the file as UTF-8"));
    // A second mark is text: QString::fromUtf8 would take it away.
    m_row.cells.append(QStringDecoder(QStringDecoder::Utf8, QStringConverter::Flag::ConvertInitialBom)(m_cell));
    m_cell.clear();
    m_state = State::Start;
    return {};
}

QString CsvTable::cell(const CsvRow& row, const char* column) const
{
    const qsizetype index = columns.indexOf(QLatin1String(column));
    return index < 0 ? QString() : csvPlain(row.cells.at(index).trimmed());
}

QString CsvTable::place(const CsvRow& row, const char* column, const QString& what) const
{
    return QStringLiteral("%1:%2:%3: %4: %5")
        .arg(file)
        .arg(row.line)
        .arg(columns.indexOf(QLatin1String(column)) + 1)
        .arg(QLatin1String(column), what);
}

QString CsvTable::oddness(const CsvRow& row) const
{
    return QStringLiteral("%1:%2: %3 cells where the header has %4")
        .arg(file)
        .arg(row.line)
        .arg(row.cells.size())
        .arg(columns.size());
}

Result<CsvTable> parseCsv(const QString& file, const QByteArray& text, const QStringList& needed, CsvLimits limits,
                          OddRows odd)
{
    QBuffer source;
    source.setData(text);
    source.open(QIODevice::ReadOnly);
    return readTable(file, source, needed, limits, odd);
}

Result<CsvTable> readCsv(const QString& file, const QStringList& needed, CsvLimits limits, OddRows odd)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, QStringLiteral("%1: %2").arg(file, source.errorString()));
    return readTable(file, source, needed, limits, odd);
}

QString csvText(const QString& text)
{
    QString cell = text;
    if (wouldRun(cell))
        cell.prepend(u'\'');
    if (cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r'))
        cell = u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return cell;
}

QString csvPlain(const QString& cell)
{
    return cell.startsWith(u'\'') && wouldRun(cell) ? cell.mid(1) : cell;
}

QString csvNumber(double number)
{
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

QString csvValue(const Value& value)
{
    if (const auto whole = wholeOf(value))
        return QString::number(*whole);
    return value.number ? csvNumber(*value.number)
                        : csvText(QString::fromStdString(value.text.value_or(std::string())));
}

} // namespace cohort

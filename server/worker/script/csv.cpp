#include "server/worker/script/csv.h"

#include <QFile>
#include <QStringDecoder>

namespace cohort::worker {
namespace {

tl::unexpected<Error> wrong(const QString& file, int line, const QString& what)
{
    return fail(ErrorCode::WrongValue, QStringLiteral("%1:%2: %3").arg(file).arg(line).arg(what));
}

// Splits text into rows; a quoted cell may hold commas, doubled quotes and line ends.
class Splitter
{
public:
    Splitter(QString file, QString text) : m_file(std::move(file)), m_text(std::move(text)) {}

    Result<std::vector<CsvRow>> split()
    {
        for (m_at = 0; m_at < m_text.size(); ++m_at) {
            COHORT_CHECK(take(m_text.at(m_at)));
            if (m_row.cells.size() > MostCsvColumns)
                return wrong(m_file, m_row.line, QStringLiteral("over %1 columns").arg(MostCsvColumns));
        }
        if (m_quoted)
            return wrong(m_file, m_row.line, QStringLiteral("a quote is not closed"));
        endRow();
        return std::move(m_rows);
    }

private:
    Result<void> take(QChar c)
    {
        if (m_quoted)
            return takeQuoted(c);
        if (c == QLatin1Char('"')) {
            if (!m_cell.isEmpty() || m_wasQuoted)
                return wrong(m_file, m_line, QStringLiteral("a quote inside a cell; quote the whole cell"));
            m_quoted = m_wasQuoted = true;
        } else if (c == QLatin1Char(',')) {
            endCell();
        } else if (c == QLatin1Char('\n')) {
            endRow();
            m_row.line = ++m_line;
        } else if (c != QLatin1Char('\r')) {
            if (m_wasQuoted)
                return wrong(m_file, m_line, QStringLiteral("text after a closing quote"));
            m_cell.append(c);
        }
        return {};
    }
    Result<void> takeQuoted(QChar c)
    {
        if (c == QLatin1Char('\n'))
            ++m_line;
        if (c != QLatin1Char('"')) {
            m_cell.append(c);
        } else if (m_at + 1 < m_text.size() && m_text.at(m_at + 1) == QLatin1Char('"')) {
            m_cell.append(c);
            ++m_at;
        } else {
            m_quoted = false;
        }
        return {};
    }
    void endCell()
    {
        m_row.cells.append(m_cell);
        m_cell.clear();
        m_wasQuoted = false;
    }
    void endRow()
    {
        const bool blank = m_row.cells.isEmpty() && m_cell.trimmed().isEmpty() && !m_wasQuoted;
        endCell();
        if (!blank)
            m_rows.push_back(m_row);
        m_row.cells.clear();
    }

    QString m_file;
    QString m_text;
    QString m_cell;
    CsvRow m_row{1, {}};
    std::vector<CsvRow> m_rows;
    qsizetype m_at = 0;
    int m_line = 1;
    bool m_quoted = false;
    bool m_wasQuoted = false;
};

} // namespace

QString CsvTable::cell(const CsvRow& row, const char* column) const
{
    const qsizetype index = columns.indexOf(QLatin1String(column));
    return index < 0 ? QString() : row.cells.at(index).trimmed();
}

QString CsvTable::place(const CsvRow& row, const char* column, const QString& what) const
{
    return QStringLiteral("%1:%2:%3: %4: %5")
        .arg(file)
        .arg(row.line)
        .arg(columns.indexOf(QLatin1String(column)) + 1)
        .arg(QLatin1String(column), what);
}

Result<CsvTable> parseCsv(const QString& file, const QByteArray& text, const QStringList& needed)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(text);
    if (decoder.hasError())
        return wrong(file, 1, QStringLiteral("the file is not UTF-8"));
    COHORT_TRY(rows, Splitter(file, decoded).split());
    CsvTable table;
    table.file = file;
    if (rows.empty())
        return wrong(file, 1, QStringLiteral("the file is empty; its first line must be %1").arg(needed.join(u',')));
    for (const QString& column : rows.front().cells)
        table.columns.append(column.trimmed());
    for (const QString& column : needed) {
        if (table.columns.count(column) != 1)
            return wrong(file, rows.front().line,
                         QStringLiteral("the header must have the column '%1' once").arg(column));
    }
    rows.erase(rows.begin());
    for (const CsvRow& row : rows) {
        if (row.cells.size() != table.columns.size())
            return wrong(
                file, row.line,
                QStringLiteral("%1 cells where the header has %2").arg(row.cells.size()).arg(table.columns.size()));
    }
    table.rows = std::move(rows);
    return table;
}

Result<CsvTable> readCsv(const QString& file, const QStringList& needed)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, QStringLiteral("%1: %2").arg(file, source.errorString()));
    return parseCsv(file, source.readAll(), needed);
}

} // namespace cohort::worker

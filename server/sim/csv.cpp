#include "server/sim/csv.h"

#include <QFile>

#include <optional>

namespace cohort::sim {

namespace {

constexpr qint64 LargestFile = 256LL * 1024 * 1024;

// One line's fields; nothing when a quote is not closed.
std::optional<QStringList> fieldsOf(const QString& line)
{
    QStringList fields;
    QString field;
    bool quoted = false;
    for (qsizetype at = 0; at < line.size(); ++at) {
        const QChar c = line.at(at);
        if (quoted && c == u'"' && at + 1 < line.size() && line.at(at + 1) == u'"') {
            field += c;
            ++at;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (c == u',' && !quoted) {
            fields.append(std::exchange(field, {}));
        } else {
            field += c;
        }
    }
    if (quoted)
        return std::nullopt;
    fields.append(field);
    return fields;
}

} // namespace

Result<CsvTable> readCsv(const QString& path, const QStringList& wantedColumns)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::WrongValue, QStringLiteral("%1: %2").arg(path, file.errorString()));
    if (file.size() > LargestFile)
        return fail(ErrorCode::TooLarge, QStringLiteral("%1: at most 256 MiB").arg(path));
    CsvTable table;
    int number = 0;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        ++number;
        if (line.isEmpty())
            continue;
        auto fields = fieldsOf(line);
        if (!fields)
            return fail(ErrorCode::WrongValue, QStringLiteral("%1:%2: a quote is not closed").arg(path).arg(number));
        if (table.columns.isEmpty()) {
            table.columns = *fields;
        } else if (fields->size() != table.columns.size()) {
            return fail(ErrorCode::WrongValue, QStringLiteral("%1:%2: %3 fields, the header has %4")
                                                   .arg(path)
                                                   .arg(number)
                                                   .arg(fields->size())
                                                   .arg(table.columns.size()));
        } else {
            table.rows.push_back(std::move(*fields));
        }
    }
    for (const QString& wanted : wantedColumns) {
        if (table.column(wanted) < 0)
            return fail(ErrorCode::WrongValue, QStringLiteral("%1: no column '%2' in its header").arg(path, wanted));
    }
    return table;
}

} // namespace cohort::sim

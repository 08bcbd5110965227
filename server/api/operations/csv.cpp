#include "server/api/operations/csv.h"

#include <QLocale>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

QString csvText(const QString& text)
{
    QString cell = text;
    if (!cell.isEmpty() && u"=+-@\t\r"_s.contains(cell.front()))
        cell.prepend(u'\'');
    if (cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r'))
        cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
    return cell;
}

QString csvNumber(double number)
{
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

Result<std::vector<QStringList>> parseCsv(const QString& text, std::size_t most)
{
    std::vector<QStringList> rows;
    QStringList row;
    QString cell;
    bool quoted = false, wasQuoted = false;
    const auto endRow = [&] {
        row.append(cell);
        if (row.size() > 1 || !row.front().isEmpty() || wasQuoted)
            rows.push_back(row);
        row.clear();
        cell.clear();
        wasQuoted = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted && c == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
            cell += c;
            ++i;
        } else if (c == u'"' && (quoted || cell.isEmpty())) {
            quoted = !quoted;
            wasQuoted = true;
        } else if (!quoted && c == u',') {
            row.append(cell);
            cell.clear();
        } else if (!quoted && c == u'\n') {
            endRow();
            if (rows.size() > most)
                return fail(ErrorCode::TooLarge, u"at most %1 rows"_s.arg(most));
        } else if (quoted || c != u'\r') {
            cell += c;
        }
    }
    if (quoted)
        return fail(ErrorCode::CannotParse, u"a quoted cell does not end"_s);
    if (!cell.isEmpty() || !row.isEmpty())
        endRow();
    return rows;
}

} // namespace cohort::api

#include "server/api/operations/import/import_cells.h"

#include <QRegularExpression>

#include <algorithm>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

bool matches(const QString& text, const QRegularExpression& form)
{
    return form.match(text).hasMatch();
}

} // namespace

bool hasDecimalComma(const QString& cell)
{
    static const QRegularExpression form(u"^[+-]?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d+([eE][+-]?\\d+)?$"_s);
    return matches(cell, form);
}

bool hasDecimalPoint(const QString& cell)
{
    static const QRegularExpression form(u"^[+-]?\\d*\\.\\d+([eE][+-]?\\d+)?$"_s);
    return matches(cell, form);
}

bool mayHaveThousands(const QString& cell)
{
    static const QRegularExpression form(u"^[+-]?[1-9]\\d{0,2}(\\.\\d{3})+$"_s);
    return matches(cell, form);
}

Result<QString> withPoint(const QString& cell)
{
    static const QRegularExpression thousands(u"^[+-]?\\d{1,3}(\\.\\d{3})+$"_s);
    if (hasDecimalComma(cell))
        return QString(cell).remove(u'.').replace(u',', u'.');
    if (hasDecimalPoint(cell) || matches(cell, thousands))
        return fail(ErrorCode::WrongValue,
                    u"'%1' has a point in a file with decimal commas; write it with a comma, and no sign between "
                    "thousands"_s.arg(cell.left(50)));
    return cell;
}

bool mayBeCut(const CsvRow& row, const ImportColumns& columns, bool someLack)
{
    using model::ColumnRole;
    static const QRegularExpression whole(u"^[+-]?\\d+$"_s), fraction(u"^\\d+$"_s);
    const auto is = [&](qsizetype at, const QRegularExpression& form) {
        return at >= 0 && at < row.cells.size() && matches(row.cells[at].trimmed(), form);
    };
    const auto roleAt = [&](qsizetype at) {
        return at >= 0 && at < columns.all.size() ? columns.all[at].role : ColumnRole::Time;
    };
    return std::any_of(columns.places.values.begin(), columns.places.values.end(), [&](qsizetype at) {
        const ColumnRole behind = roleAt(at + 1);
        const bool mayStand = behind == ColumnRole::Index || behind == ColumnRole::Parameter ||
                              (someLack && (behind == ColumnRole::Ignored || behind == ColumnRole::Device));
        const bool isBefore = someLack && roleAt(at - 1) == ColumnRole::Index;
        return (mayStand && is(at, whole) && is(at + 1, fraction)) ||
               (isBefore && is(at - 1, whole) && is(at, fraction));
    });
}

} // namespace cohort::api

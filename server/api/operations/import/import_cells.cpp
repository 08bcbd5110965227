#include "server/api/operations/import/import_cells.h"

#include <QRegularExpression>

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

} // namespace cohort::api

#include "console/models/rows_model.h"

namespace cohort::console {

void RowsModel::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged(loading);
}

QString RowsModel::plainToolTip(const QString& text)
{
    return text.isEmpty() ? text : QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped());
}

} // namespace cohort::console

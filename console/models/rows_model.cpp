#include "console/models/rows_model.h"

namespace cohort::console {

void RowsModel::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged(loading);
}

} // namespace cohort::console

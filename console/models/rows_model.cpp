#include "console/models/rows_model.h"

namespace cohort::console {

void RowsModel::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged(loading);
}

void RowsModel::follow(const Subscription& subscription)
{
    connect(&subscription, &Subscription::reloadNeeded, this, [this] { reload(); });
    connect(&subscription, &Subscription::failed, this, &RowsModel::failed);
}

} // namespace cohort::console

// One answer of a list. Thread: values. Owner: nobody. Flow: repositories → here → wire → models.
#pragma once

#include "shared/model/fields.h"

#include <QList>

namespace cohort::model {

template <typename T>
struct Page
{
    QList<T> items;
    bool more = false;
};

template <typename V, typename T>
void fieldsOfPage(V& visit, T& page)
{
    visit("items", page.items, "The rows, in the order of the operation.");
    visit("more", page.more, "Whether there are rows after the last.");
}
template <typename V, typename T>
void fields(V& visit, Page<T>& page)
{
    fieldsOfPage(visit, page);
}
template <typename V, typename T>
void fields(V& visit, const Page<T>& page)
{
    fieldsOfPage(visit, page);
}

// An answer that says only that it is done.
struct Nothing
{
};

template <typename V, Of<Nothing> T>
void fields(V&, T&)
{
}

} // namespace cohort::model

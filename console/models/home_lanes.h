// What a home's chart shows, a lane each: what its devices measure, and the facts that scripts worked out.
// Thread: GUI. Owner: nobody. Flow: HomeModel → here → HomeDataView.
#pragma once

#include "console/models/home_model.h"

namespace cohort::console {

struct HomeLane
{
    StreamId stream;
    QString title; // "Stove · power"; a fact's own name
    QString place; // the room; of a fact by which script it was computed
    QString unit;
    bool onChange = false;
};

// Devices' streams in their order, then the facts by name.
QList<HomeLane> lanesOf(const HomeModel& home);

} // namespace cohort::console

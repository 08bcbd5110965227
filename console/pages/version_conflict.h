// A script of which somebody saved another version meanwhile: one compares, saves on top, or goes on writing.
// Thread: GUI. Owner: ScriptPage. Flow: conflict → question → compare() | save() | neither.
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace cohort::console {

struct VersionConflict
{
    QString script; // its name
    int base = 0;   // the version that the text here came from
    int newest = 0; // the one that is there now
};

// `save`: the text as the newest, on top of theirs. To go on writing is what Enter and Escape choose.
void askOfNewer(QWidget* parent, const VersionConflict& conflict, std::function<void()> compare,
                std::function<void()> save);

} // namespace cohort::console

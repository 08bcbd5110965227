// Asks once before something ends, and says what ends with it.
// Thread: GUI. Owner: the page. Flow: menu → question → then().
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace cohort::console {

struct EndQuestion
{
    QString title;    // "Retire device"
    QString question; // whose and where: plain text
    QString ends;     // what ends, what stays
    QString action;   // the button's word: "Retire"
};

// `then` runs when the action was chosen; Cancel is what Enter and Escape choose.
void confirmEnd(QWidget* parent, const EndQuestion& what, std::function<void()> then);

} // namespace cohort::console

// Colours, palette, style sheet and icons of the console, light and dark.
// Thread: GUI. Owner: app makes one; widgets ask theme(). Flow: system palette → Theme → style sheet, charts, icons.
#pragma once

#include "console/models/tone.h"

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;

namespace cohort::console {

enum class ThemeChoice { System, Light, Dark };

struct Theme
{
    bool dark = false;
    QColor window, surface, raised, border, text, faint, accent, onAccent, selection;

    QColor tone(Tone tone) const;     // text, lines
    QColor toneFill(Tone tone) const; // the ground of a pill or bar
    QColor series(int index) const;   // the n-th colour of a chart, repeating after eight
};

// The colours that fit the application's palette now.
Theme theme();
// Sets palette and style sheet for the whole application; System follows the palette it found.
void applyTheme(QApplication& application, ThemeChoice choice);
// One of the console's own icons in the text's colour, drawn for any size; `name` is the file's name in icons/.
QIcon icon(const QString& name);
QIcon icon(const QString& name, const QColor& color);

} // namespace cohort::console

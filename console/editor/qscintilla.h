// QScintilla's headers, which use Qt's keywords that the rest of the tree does without.
// Thread: –. Owner: –. Flow: included instead of <Qsci/…>.
#pragma once

#include <QObject>

#define signals Q_SIGNALS // NOLINT
#define slots Q_SLOTS     // NOLINT
#include <Qsci/qsciabstractapis.h>
#include <Qsci/qscilexerpython.h>
#include <Qsci/qsciscintilla.h>
#include <Qsci/qscistyle.h>
#undef signals
#undef slots

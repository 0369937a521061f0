/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Releases as lines of text: board, variant, version, channel, day, file, what is known of it. */

#pragma once

#include "assert-text.h"

#include "release/feed.h"

char *feed_text (GPtrArray *releases);

/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A loader from the inside: firmware.c has files, firmware-release.c releases. */

#pragma once

#include "session/firmware.h"

G_BEGIN_DECLS

struct _JmpFirmwareLoader {
  JmpFirmwareOrigin origin;
  char *name;
  GFile *file;         /* of a file */
  JmpRelease *release; /* of a release */
  JmpFirmwareLoadFunc load;
  gpointer user_data;
  GDestroyNotify destroy;
};

G_END_DECLS

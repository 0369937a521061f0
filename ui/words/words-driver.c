/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-driver.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

/**
 * jmp_words_find_driver:
 * @permission: what jmp_permission_look() found
 * @vid: idVendor, or 0 for any board
 * @pid: idProduct
 *
 * Looks for the driver of a board: first one that is in the way. Boards of one kind have the same ids and,
 * as a rule, the same driver.
 *
 * Returns: (transfer none) (nullable): the driver
 */
const JmpDriver *
jmp_words_find_driver (const JmpPermission *permission, guint16 vid, guint16 pid)
{
  const JmpDriver *found = NULL;

  for (guint i = 0; permission->drivers != NULL && i < permission->drivers->len; i++) {
    const JmpDriver *driver = g_ptr_array_index (permission->drivers, i);

    if (vid != 0 && (driver->vid != vid || driver->pid != pid))
      continue;
    if (jmp_driver_get_fix (driver) != JMP_DRIVER_FIX_NONE)
      return driver;
    found = driver;
  }
  return found;
}

/* As in "STTub30 (STMicroelectronics)" */
static char *
make_name (const JmpDriver *driver)
{
  if (driver->provider == NULL)
    return g_strdup (driver->service);
  return g_strdup_printf ("%s (%s)", driver->service, driver->provider);
}

/**
 * jmp_words_driver:
 * @driver: the driver of a board
 *
 * Which driver the board has, and whether it serves.
 *
 * Returns: (transfer full): a translated sentence
 */
char *
jmp_words_driver (const JmpDriver *driver)
{
  g_autofree char *ids = jmp_words_ids (driver->vid, driver->pid);
  g_autofree char *name = make_name (driver);

  switch (driver->state) {
  case JMP_DRIVER_USABLE:
    return g_strdup_printf (
        _ ("The board %s has the driver %s, which this program can use."), ids, name);
  case JMP_DRIVER_NONE:
    return g_strdup_printf (_ ("The board %s is connected, but Windows has no driver for it."),
                            ids);
  case JMP_DRIVER_ST:
    return g_strdup_printf (
        _ ("The board %s has the driver %s, which only ST’s own programs can use."), ids, name);
  case JMP_DRIVER_OTHER:
    return g_strdup_printf (
        _ ("The board %s has the driver %s, which this program cannot use."), ids, name);
  case JMP_DRIVER_UNTRUSTED:
    return g_strdup_printf (_ ("The board %s has a driver whose signature Windows does not trust."),
                            ids);
  case JMP_DRIVER_DISABLED:
    return g_strdup_printf (_ ("The board %s is switched off in the Device Manager."), ids);
  case JMP_DRIVER_RESTART:
    return g_strdup_printf (_ ("Windows must be restarted before the board %s can be used."), ids);
  case JMP_DRIVER_FAILED:
    return g_strdup_printf (
        _ ("Windows sees the board %s, but could not start it (code %u)."), ids, driver->problem);
  }
  return g_strdup (ids);
}

/**
 * jmp_words_driver_advice:
 * @driver: the driver of a board
 * @permission: what jmp_permission_look() found
 *
 * What helps, with what this copy of the program can do.
 *
 * Returns: (transfer none) (nullable): translated sentences; %NULL where nothing is to be done
 */
const char *
jmp_words_driver_advice (const JmpDriver *driver, const JmpPermission *permission)
{
  switch (jmp_driver_get_fix (driver)) {
  case JMP_DRIVER_FIX_NONE:
    return NULL;
  case JMP_DRIVER_FIX_INSTALL:
    if (permission->is_ours)
      return _ ("WinUSB is installed, but Windows prefers the driver that was there before. "
                "Uninstall the board in the Device Manager, together with its driver, then plug it "
                "in again.");
    if (permission->can_install)
      return _ ("Install WinUSB from the window of this program: Windows asks first, only boards "
                "in update mode are touched, and it can be undone.");
    return _ ("Install WinUSB for this one device with the program Zadig: choose the board, "
              "compare the USB ID, then plug the board in again.");
  case JMP_DRIVER_FIX_ENABLE:
    return _ ("Open the Device Manager, right-click the board and choose “Enable device”.");
  case JMP_DRIVER_FIX_RESTART:
    return _ ("Restart the computer, then plug the board in again.");
  case JMP_DRIVER_FIX_REPLUG:
    return _ ("Try another cable and another USB port, without a hub, and press RST on the board.");
  }
  return NULL;
}

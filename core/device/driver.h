/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which driver Windows has bound to a board in DFU mode, and whether libusb can use it.
 *
 * A value, made from what the system says of one device; permission-win32.c asks it, for
 * jmp_permission_look(). Everything here is pure and is built on every system, so that it can be tested
 * on any. Any thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JmpDriverState:
 * @JMP_DRIVER_USABLE: WinUSB or libusbK, and it works
 * @JMP_DRIVER_NONE: Windows has none for the board
 * @JMP_DRIVER_ST: ST's old one ("STM Device in DFU Mode"), which serves ST's own programs alone
 * @JMP_DRIVER_OTHER: another one that libusb cannot use
 * @JMP_DRIVER_UNTRUSTED: Windows does not accept the signature of the one that is installed
 * @JMP_DRIVER_DISABLED: somebody has switched the board off in the Device Manager
 * @JMP_DRIVER_RESTART: the computer has to be restarted before it works
 * @JMP_DRIVER_FAILED: Windows could not start the board: cable, port, hub, or the board itself
 */
typedef enum {
  JMP_DRIVER_USABLE,
  JMP_DRIVER_NONE,
  JMP_DRIVER_ST,
  JMP_DRIVER_OTHER,
  JMP_DRIVER_UNTRUSTED,
  JMP_DRIVER_DISABLED,
  JMP_DRIVER_RESTART,
  JMP_DRIVER_FAILED,
} JmpDriverState;

/**
 * JmpDriverFix:
 * @JMP_DRIVER_FIX_NONE: nothing is to be done
 * @JMP_DRIVER_FIX_INSTALL: install WinUSB for the board
 * @JMP_DRIVER_FIX_ENABLE: switch the board on in the Device Manager
 * @JMP_DRIVER_FIX_RESTART: restart the computer
 * @JMP_DRIVER_FIX_REPLUG: another cable, another port, no hub
 *
 * What helps.
 */
typedef enum {
  JMP_DRIVER_FIX_NONE,
  JMP_DRIVER_FIX_INSTALL,
  JMP_DRIVER_FIX_ENABLE,
  JMP_DRIVER_FIX_RESTART,
  JMP_DRIVER_FIX_REPLUG,
} JmpDriverFix;

/**
 * JmpDriverFacts:
 * @instance_id: "USB\VID_0483&PID_DF11\3673395C3432"
 * @compatible_ids: (nullable): what the device says it is like, up to %NULL
 * @service: (nullable): the driver's name in the system: "WinUSB", "STTub30"
 * @provider: (nullable): who made the driver
 * @problem: Windows' problem code (cfg.h, CM_PROB_…), 0 for none
 *
 * What Windows says of one USB device.
 */
typedef struct {
  const char *instance_id;
  const char *const *compatible_ids;
  const char *service;
  const char *provider;
  guint problem;
} JmpDriverFacts;

/**
 * JmpDriver:
 * @vid: idVendor of the board
 * @pid: idProduct
 * @serial: (nullable): its serial number
 * @service: (nullable): the driver's name in the system
 * @provider: (nullable): who made it
 * @problem: Windows' problem code, 0 for none
 * @state: what that comes to
 *
 * Texts are valid UTF-8. Borrow the members; do not change them. Release with jmp_driver_free().
 */
typedef struct {
  guint16 vid;
  guint16 pid;
  char *serial;
  char *service;
  char *provider;
  guint problem;
  JmpDriverState state;
} JmpDriver;

JmpDriver *jmp_driver_new (const JmpDriverFacts *facts, const char *inf) G_GNUC_WARN_UNUSED_RESULT;
JmpDriver *jmp_driver_copy (const JmpDriver *self) G_GNUC_WARN_UNUSED_RESULT;
void jmp_driver_free (JmpDriver *self);
JmpDriverFix jmp_driver_get_fix (const JmpDriver *self);
const char *jmp_driver_state_to_string (JmpDriverState state);

/* The driver package of our own. */
gboolean jmp_driver_inf_names (const char *inf, guint16 vid, guint16 pid);
char *jmp_driver_find_published (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_driver_check_result (guint32 code, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpDriver, jmp_driver_free)

G_END_DECLS

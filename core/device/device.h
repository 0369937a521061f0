/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A board, as a row in a list: what it is, where it is plugged in, and whether it can be used.
 *
 * Opens itself on request, from any thread; the rest is properties ("id", "path", "name", "serial",
 * "mode", "practice", "port-name", "info", "problem") that change on the main thread, with notify, when
 * the monitor sees the board again. A board that cannot be opened is a device with a problem, not an
 * error. What the getters return is borrowed and lasts until the next change: another thread is given
 * copies or references. */

#pragma once

#include "dfu/info.h"
#include "serial/serial.h"

G_BEGIN_DECLS

/**
 * JmpDeviceMode:
 * @JMP_DEVICE_DFU: in DFU mode, ready for work
 * @JMP_DEVICE_RUNNING: runs its program
 * @JMP_DEVICE_UNUSABLE: in DFU mode, but cannot be opened: see its problem
 * @JMP_DEVICE_GONE: was here and is not plugged in now
 */
typedef enum {
  JMP_DEVICE_DFU,
  JMP_DEVICE_RUNNING,
  JMP_DEVICE_UNUSABLE,
  JMP_DEVICE_GONE,
} JmpDeviceMode;

#define JMP_TYPE_DEVICE_MODE (jmp_device_mode_get_type ())
GType jmp_device_mode_get_type (void) G_GNUC_CONST;

#define JMP_TYPE_DEVICE (jmp_device_get_type ())
G_DECLARE_FINAL_TYPE (JmpDevice, jmp_device, JMP, DEVICE, GObject)

typedef JmpUsb *(*JmpDeviceOpenFunc) (gpointer user_data, GError **error);
typedef JmpSerial *(*JmpDeviceOpenSerialFunc) (gpointer user_data, GError **error);

/**
 * JmpDeviceSource:
 * @path: where it is: bus and ports ("1-4.2"), or "virtual:pyboard"
 * @address: which appearance on that path: changes with every plugging in
 * @practice: whether it is a virtual board
 * @open: opens it; any thread, one at a time
 * @open_serial: (nullable): opens its console; any thread, one at a time
 * @user_data: for @open and @open_serial
 * @destroy: (nullable): frees @user_data, on any thread
 * @vid: idVendor while its program runs; 0 when that is not known
 * @pid: idProduct then
 * @serial: (nullable): serial number then
 * @product: (nullable): product string then
 * @port_name: (nullable): the serial port of its console
 */
typedef struct {
  const char *path;
  guint address;
  gboolean practice;
  JmpDeviceOpenFunc open;
  JmpDeviceOpenSerialFunc open_serial;
  gpointer user_data;
  GDestroyNotify destroy;
  guint16 vid;
  guint16 pid;
  const char *serial;
  const char *product;
  const char *port_name;
} JmpDeviceSource;

JmpDevice *jmp_device_new (const JmpDeviceSource *source,
                           JmpDfuInfo *info,
                           const GError *problem) G_GNUC_WARN_UNUSED_RESULT;
JmpUsb *jmp_device_open (JmpDevice *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpSerial *jmp_device_open_serial (JmpDevice *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *jmp_device_get_id (JmpDevice *self);
const char *jmp_device_get_path (JmpDevice *self);
guint jmp_device_get_address (JmpDevice *self);
gboolean jmp_device_is_practice (JmpDevice *self);
JmpDeviceMode jmp_device_get_mode (JmpDevice *self);
const char *jmp_device_get_name (JmpDevice *self);
const char *jmp_device_get_serial (JmpDevice *self);
gboolean jmp_device_get_ids (JmpDevice *self, guint16 *vid, guint16 *pid);
const char *jmp_device_get_port_name (JmpDevice *self);
JmpDfuInfo *jmp_device_get_info (JmpDevice *self);
const GError *jmp_device_get_problem (JmpDevice *self);
const char *jmp_device_mode_to_string (JmpDeviceMode mode);

/* For the monitor: the same board was seen again, or went away. Main thread. */
void jmp_device_update (JmpDevice *self, JmpDevice *seen);
void jmp_device_set_gone (JmpDevice *self);

G_END_DECLS

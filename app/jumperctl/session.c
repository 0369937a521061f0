/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/session.h"

#include "device/monitor.h"

/**
 * ctl_session_new:
 * @command: which command
 *
 * A session with nothing in it.
 *
 * Returns: (transfer full): the session
 */
CtlSession *
ctl_session_new (const CtlCommand *command)
{
  CtlSession *self = g_new0 (CtlSession, 1);

  self->command = command;
  self->cancellable = g_cancellable_new ();
  self->text = g_string_new (NULL);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * ctl_session_free:
 * @self: (transfer full): a session
 *
 * Frees @self and closes what it has open.
 */
void
ctl_session_free (CtlSession *self)
{
  g_clear_object (&self->job);
  g_clear_pointer (&self->plan, jmp_plan_unref);
  g_clear_object (&self->device);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->bus, jmp_usb_bus_unref);
  g_clear_pointer (&self->result, json_node_unref);
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->warnings);
  g_free (self->file);
  g_object_unref (self->cancellable);
  ctl_options_clear (&self->options);
  g_free (self);
}

/**
 * ctl_session_warn:
 * @self: a session
 * @format: a sentence
 *
 * Keeps a warning: it goes to standard error, and into the JSON.
 */
void
ctl_session_warn (CtlSession *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * ctl_session_print:
 * @self: a session
 * @format: text of the result
 *
 * Adds to what is printed where no JSON is asked for.
 */
void
ctl_session_print (CtlSession *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->text, format, args);
  va_end (args);
}

/**
 * ctl_session_scan:
 * @self: a session
 * @error: as jmp_usb_bus_new() and jmp_device_scan()
 *
 * Looks at what is plugged in.
 *
 * Returns: (transfer container) (element-type JmpDevice) (nullable): the boards
 */
GPtrArray *
ctl_session_scan (CtlSession *self, GError **error)
{
  if (self->bus == NULL)
    self->bus = jmp_usb_bus_new (error);
  if (self->bus == NULL)
    return NULL;
  return jmp_device_scan (self->bus, error);
}

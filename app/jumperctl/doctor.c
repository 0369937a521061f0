/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/doctor.h"

#include "base/error.h"
#include "device/permission.h"
#include "jumperctl/json.h"
#include "words/words-driver.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Programs that talk to every new serial port, to see whether it is what they look for. */
static const char *const meddlers[] = { "ModemManager", "brltty", NULL };

/* What was found out, in the making. */
typedef struct {
  CtlSession *session;
  JsonBuilder *builder;
  JmpPermission *permission;
  gboolean has_rule;
  gboolean all_ok;
  guint gravest; /* in exits */
} Findings;

/* The exit status for what is not right, the gravest first: those of the other commands when they meet the
 * same. What only may disturb a board keeps nobody from using it. */
static const struct {
  int status;
  const char *codes[6];
} exits[] = {
  { 5, { "permission", "no-driver", "busy", "udev-rule", "port-permission", "driver" } },
  { 1, { NULL } }, /* all others */
  { 3, { "no-board" } },
  { 0, { "other-program" } },
};

#define OTHERS 1

static guint
grade (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (exits); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (exits[i].codes) && exits[i].codes[k] != NULL; k++) {
      if (g_str_equal (exits[i].codes[k], code))
        return i;
    }
  }
  return OTHERS;
}

/* @fix: (nullable): where there is something to do; @device: (nullable): the board that it is about */
static void
add (Findings *self, const char *code, JmpDevice *device, const char *text, const char *fix)
{
  json_builder_begin_object (self->builder);
  ctl_json_string (self->builder, "code", code);
  ctl_json_boolean (self->builder, "ok", fix == NULL);
  ctl_json_string (self->builder, "device", device != NULL ? jmp_device_get_id (device) : NULL);
  ctl_json_string (self->builder, "text", text);
  ctl_json_string (self->builder, "fix", fix);
  json_builder_end_object (self->builder);
  ctl_session_print (self->session, "%s %s\n", fix == NULL ? "[ok]" : "[--]", text);
  if (fix != NULL)
    ctl_session_print (self->session, "     %s\n", fix);
  self->all_ok = self->all_ok && fix == NULL;
  if (fix != NULL)
    self->gravest = MIN (self->gravest, grade (code));
}

static const char *
advice_for (JmpError code)
{
  const GError error = { .domain = JMP_ERROR, .code = (int)code };

  return jmp_words_error_advice (&error);
}

static gboolean
has_mode (GPtrArray *devices, JmpDeviceMode mode)
{
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    if (jmp_device_get_mode (g_ptr_array_index (devices, i)) == mode)
      return TRUE;
  return FALSE;
}

/* On Windows it is the drivers that count; the boards are told of even where libusb sees none. */
static void
check_drivers (Findings *self)
{
  GPtrArray *drivers = self->permission->drivers;

  for (guint i = 0; i < drivers->len; i++) {
    const JmpDriver *driver = g_ptr_array_index (drivers, i);
    g_autofree char *text = jmp_words_driver (driver);

    add (self, "driver", NULL, text, jmp_words_driver_advice (driver, self->permission));
  }
}

/* Whether Windows sees a board that its driver keeps from being listed. */
static gboolean
is_in_the_way (const JmpPermission *permission)
{
  const JmpDriver *driver = jmp_words_find_driver (permission, 0, 0);

  return driver != NULL && jmp_driver_get_fix (driver) != JMP_DRIVER_FIX_NONE;
}

/* A board that could be opened is better proof than any rule. */
static void
check_permission (Findings *self, GPtrArray *devices)
{
  const JmpPermission *permission = self->permission;
  g_autofree char *text = NULL;

  if (permission->drivers != NULL) {
    check_drivers (self);
    return;
  }
  switch (permission->state) {
  case JMP_PERMISSION_NOT_NEEDED:
    return;
  case JMP_PERMISSION_INSTALLED:
    text = g_strdup_printf (_ ("The udev rule %s lets you use boards in DFU mode."),
                            permission->file);
    add (self, "udev-rule", NULL, text, NULL);
    self->has_rule = TRUE;
    return;
  case JMP_PERMISSION_UNKNOWN:
    add (self,
         "udev-rule",
         NULL,
         _ ("This program runs in a sandbox and cannot see the udev rules."),
         has_mode (devices, JMP_DEVICE_UNUSABLE) ? advice_for (JMP_ERROR_PERMISSION) : NULL);
    return;
  case JMP_PERMISSION_MISSING:
    add (self,
         "udev-rule",
         NULL,
         _ ("No udev rule lets you use boards in DFU mode."),
         has_mode (devices, JMP_DEVICE_DFU) ? NULL : advice_for (JMP_ERROR_PERMISSION));
    return;
  }
}

static void
check_port (Findings *self, JmpDevice *device, const char *name)
{
  g_autofree char *port = g_strdup (jmp_device_get_port_name (device));
  g_autofree char *group = NULL;
  g_autofree char *text = NULL;
  g_autofree char *fix = NULL;

  if (port == NULL) {
    text = g_strdup_printf (_ ("%s runs its program, which has no serial port."), name);
    add (self,
         "no-port",
         device,
         text,
         _ ("To update it, bring it into DFU mode by its jumper or button."));
    return;
  }
  if (jmp_device_is_practice (device) || ctl_doctor_may_use_port (port, &group)) {
    text = g_strdup_printf (_ ("%s runs its program. Its serial port is %s."), name, port);
    add (self, "running", device, text, NULL);
    return;
  }
  text = g_strdup_printf (
      _ ("%s runs its program, but you may not use its console on %s."), name, port);
  fix = group != NULL
            ? g_strdup_printf (_ ("Join the group that may: “sudo usermod -a -G %s $USER”, then "
                                  "log out and in again."),
                               group)
            : g_strdup (advice_for (JMP_ERROR_PERMISSION));
  add (self, "port-permission", device, text, fix);
}

/* A rule that is there and does not help acts when a board is plugged in, and for who sits in front of
 * the computer. */
static const char *
advice_about (Findings *self, JmpDevice *device, const GError *problem)
{
  const JmpDfuInfo *info = jmp_device_get_info (device);
  const JmpDriver *driver = NULL;
  const char *advice = NULL;

  if (info != NULL && g_error_matches (problem, JMP_ERROR, JMP_ERROR_NO_DRIVER))
    driver = jmp_words_find_driver (self->permission, info->vid, info->pid);
  if (driver != NULL)
    advice = jmp_words_driver_advice (driver, self->permission);
  if (advice != NULL)
    return advice;
  if (self->has_rule && g_error_matches (problem, JMP_ERROR, JMP_ERROR_PERMISSION))
    return _ (
        "There is a rule for this board, so unplug it and plug it in again. The rule is for the "
        "person who sits in front of this computer: over SSH, or in a container, become root.");
  return jmp_words_error_advice (problem);
}

static void
check_device (Findings *self, JmpDevice *device)
{
  const GError *problem = jmp_device_get_problem (device);
  g_autofree char *name = jmp_words_device (device);
  g_autofree char *text = NULL;

  if (problem != NULL) {
    text = g_strdup_printf ("%s: %s", name, jmp_words_error (problem));
    add (self,
         problem->domain == JMP_ERROR ? jmp_error_to_string ((JmpError)problem->code) : "failed",
         device,
         text,
         advice_about (self, device, problem));
  } else if (jmp_device_get_mode (device) == JMP_DEVICE_RUNNING) {
    check_port (self, device, name);
  } else {
    text = g_strdup_printf (_ ("%s is in DFU mode and can be used."), name);
    add (self, "dfu", device, text, NULL);
  }
}

static void
check_meddlers (Findings *self)
{
  const char *name = ctl_doctor_find_program (meddlers);
  g_autofree char *text = NULL;

  if (name == NULL)
    return;
  text = g_strdup_printf (_ ("%s runs, and may have the console of a board for a while."), name);
  add (self,
       "other-program",
       NULL,
       text,
       _ ("If the console is in use, wait half a minute and try again. The udev rule that comes "
          "with this "
          "program keeps ModemManager off boards."));
}

static void
check_all (Findings *self)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) devices = ctl_session_scan (self->session, &problem);
  g_autoptr (JmpPermission) permission = jmp_permission_look ();

  self->permission = permission;
  if (devices == NULL)
    add (self, "usb", NULL, jmp_words_error (problem), jmp_words_error_advice (problem));
  else
    add (self, "usb", NULL, _ ("USB can be used."), NULL);
  check_permission (self, devices);
  if (devices != NULL && devices->len == 0 && !is_in_the_way (permission))
    add (self, "no-board", NULL, _ ("No board is seen."), advice_for (JMP_ERROR_NOT_FOUND));
  for (guint i = 0; devices != NULL && i < devices->len; i++)
    check_device (self, g_ptr_array_index (devices, i));
  if (has_mode (devices, JMP_DEVICE_RUNNING))
    check_meddlers (self);
}

static gboolean
doctor_run (CtlSession *session, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  Findings findings = {
    .session = session, .builder = builder, .all_ok = TRUE, .gravest = G_N_ELEMENTS (exits) - 1
  };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  check_all (&findings);
  json_builder_end_array (builder);
  ctl_json_boolean (builder, "ok", findings.all_ok);
  json_builder_end_object (builder);
  session->result = json_builder_get_root (builder);
  session->status = exits[findings.gravest].status;
  return TRUE;
}

const CtlCommand ctl_command_doctor = {
  .name = "doctor",
  .summary = N_ (
      "Look for what keeps boards from being used: permissions, drivers, other programs."),
  .examples = "  jumperctl doctor\n"
              "  jumperctl doctor --json",
  .takes = CTL_TAKES_NOTHING,
  .run = doctor_run,
};

/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/firmware-private.h"

#include "base/error.h"

/* --- The value --- */

/**
 * jmp_firmware_new:
 * @values: what it is to be; copied
 *
 * Returns: (transfer full): firmware
 */
JmpFirmware *
jmp_firmware_new (const JmpFirmware *values)
{
  JmpFirmware *self = g_atomic_rc_box_new0 (JmpFirmware);

  *self = *values;
  self->name = g_strdup (values->name);
  self->image = jmp_image_ref (values->image);
  self->file = values->file != NULL ? g_object_ref (values->file) : NULL;
  self->release = values->release != NULL ? jmp_release_ref (values->release) : NULL;
  self->not_kept = g_strdup (values->not_kept);
  self->board_id = g_strdup (values->board_id);
  self->variant = g_strdup (values->variant);
  self->version = g_strdup (values->version);
  return self;
}

/**
 * jmp_firmware_ref:
 * @self: firmware
 *
 * Returns: (transfer full): @self
 */
JmpFirmware *
jmp_firmware_ref (JmpFirmware *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
firmware_clear (gpointer data)
{
  JmpFirmware *self = data;

  g_free (self->name);
  jmp_image_unref (self->image);
  g_clear_object (&self->file);
  g_clear_pointer (&self->release, jmp_release_unref);
  g_free (self->not_kept);
  g_free (self->board_id);
  g_free (self->variant);
  g_free (self->version);
}

/**
 * jmp_firmware_unref:
 * @self: (transfer full): firmware
 */
void
jmp_firmware_unref (JmpFirmware *self)
{
  g_atomic_rc_box_release_full (self, firmware_clear);
}

/* --- Loaders --- */

/**
 * jmp_firmware_loader_new:
 * @origin: where the firmware comes from
 * @name: what to call it as long as it is not loaded
 * @load: loads it
 * @user_data: for @load
 * @destroy: (nullable): frees @user_data, on any thread
 *
 * Returns: (transfer full): a loader
 */
JmpFirmwareLoader *
jmp_firmware_loader_new (JmpFirmwareOrigin origin,
                         const char *name,
                         JmpFirmwareLoadFunc load,
                         gpointer user_data,
                         GDestroyNotify destroy)
{
  JmpFirmwareLoader *self = g_atomic_rc_box_new0 (JmpFirmwareLoader);

  self->origin = origin;
  self->name = g_strdup (name);
  self->load = load;
  self->user_data = user_data;
  self->destroy = destroy;
  return self;
}

/**
 * jmp_firmware_loader_ref:
 * @self: a loader
 *
 * Returns: (transfer full): @self
 */
JmpFirmwareLoader *
jmp_firmware_loader_ref (JmpFirmwareLoader *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
loader_clear (gpointer data)
{
  JmpFirmwareLoader *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_clear_object (&self->file);
  g_clear_pointer (&self->release, jmp_release_unref);
  g_free (self->name);
}

/**
 * jmp_firmware_loader_unref:
 * @self: (transfer full): a loader
 */
void
jmp_firmware_loader_unref (JmpFirmwareLoader *self)
{
  g_atomic_rc_box_release_full (self, loader_clear);
}

/**
 * jmp_firmware_loader_get_origin:
 * @self: a loader
 *
 * Returns: where the firmware comes from
 */
JmpFirmwareOrigin
jmp_firmware_loader_get_origin (JmpFirmwareLoader *self)
{
  return self->origin;
}

/**
 * jmp_firmware_loader_get_name:
 * @self: a loader
 *
 * Returns: (transfer none): what the firmware is called, as UTF-8
 */
const char *
jmp_firmware_loader_get_name (JmpFirmwareLoader *self)
{
  return self->name;
}

/**
 * jmp_firmware_loader_get_file:
 * @self: a loader
 *
 * Returns: (transfer none) (nullable): the file that the person chose
 */
GFile *
jmp_firmware_loader_get_file (JmpFirmwareLoader *self)
{
  return self->file;
}

/**
 * jmp_firmware_loader_get_release:
 * @self: a loader
 *
 * Returns: (transfer none) (nullable): the release that is loaded
 */
JmpRelease *
jmp_firmware_loader_get_release (JmpFirmwareLoader *self)
{
  return self->release;
}

/**
 * jmp_firmware_loader_load:
 * @self: a loader
 * @load: how to load it, and whom to tell
 * @error: why it cannot be had; %JMP_ERROR_USAGE where raw bytes need an address
 *
 * Loads the firmware; on any thread but the one that draws the window.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
JmpFirmware *
jmp_firmware_loader_load (JmpFirmwareLoader *self, JmpFirmwareLoad *load, GError **error)
{
  return self->load (self->user_data, load, error);
}

/* --- Files --- */

static char *
display_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL ? g_filename_display_name (name) : g_file_get_uri (file);
}

static JmpFirmware *
load_file (gpointer user_data, JmpFirmwareLoad *load, GError **error)
{
  GFile *file = user_data;
  g_autofree char *name = display_name (file);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GBytes) bytes = jmp_image_load_file (file, load->cancellable, error);

  if (bytes == NULL)
    return NULL;
  image = jmp_image_read (bytes, load->read, &problem);
  if (image == NULL) {
    if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_USAGE) && !load->read->has_address)
      load->has_guess = jmp_raw_guess_base (bytes, &load->guess);
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  return jmp_firmware_new (&(JmpFirmware){
      .origin = JMP_FIRMWARE_FILE,
      .name = name,
      .image = image,
      .file = file,
      .trust = JMP_TRUST_LOCAL,
  });
}

/**
 * jmp_firmware_loader_new_file:
 * @file: a firmware file
 *
 * Returns: (transfer full): what reads @file
 */
JmpFirmwareLoader *
jmp_firmware_loader_new_file (GFile *file)
{
  g_autofree char *name = display_name (file);
  JmpFirmwareLoader *self = jmp_firmware_loader_new (
      JMP_FIRMWARE_FILE, name, load_file, g_object_ref (file), g_object_unref);

  self->file = g_object_ref (file);
  return self;
}

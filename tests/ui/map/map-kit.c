/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map-kit.h"

const char *const kit_pyboard[] = {
  "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
  "@Option Bytes  /0x1FFFC000/01*016 e",
  "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
  "@Device Feature/0xFFFF0000/01*004 e",
  NULL,
};
const char *const kit_h743[] = { "@Internal Flash   /0x08000000/16*128Kg", NULL };
const char *const kit_f072[] = { "@Internal Flash  /0x08000000/064*0002Kg", NULL };
const char *const kit_spark[] = {
  "@Internal Flash  /0x08000000/20*001Ka,108*001Kg",
  "@SPI Flash : SST25x/0x00000000/512*04Kg",
  NULL,
};
const char *const kit_pybd[] = {
  "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg/0x80000000/64*32Kg/0x90000000/64*32Kg",
  NULL,
};
const char *const kit_overlap[] = { "@Flash2 /0xF000/4*100Ba/0xE000/3*8Kg/0x80000/2*24Kg", NULL };
const char *const kit_at32[] = { "@Internal Flash   /0x08000000/08*04Ka,1000*04Kg", NULL };
const char *const kit_none[] = { "", NULL };

/* A device that answers nothing but what it is. */
typedef struct {
  JmpUsb parent;
  const char *const *layouts;
  guint n;
} Kit;

static GBytes *
kit_descriptors (JmpUsb *usb, GError **error)
{
  static const guint8 device[18] = { 18,   1,    0,    1, 0,    0, 0, 64, 0x83,
                                     0x04, 0x11, 0xdf, 0, 0x22, 0, 0, 0,  1 };
  static const guint8 functional[9] = { 9, 0x21, 0x0b, 0xff, 0, 0, 8, 0x1a, 1 };
  Kit *self = (Kit *)usb;
  GByteArray *bytes = g_byte_array_new ();
  guint total = 9 + self->n * 9 + sizeof functional;
  guint8 configuration[9] = { 9, 2, (guint8)total, (guint8)(total >> 8), 1, 1, 0, 0xc0, 50 };

  g_byte_array_append (bytes, device, sizeof device);
  g_byte_array_append (bytes, configuration, sizeof configuration);
  for (guint i = 0; i < self->n; i++) {
    guint8 interface[9] = { 9, 4, 0, (guint8)i, 0, 0xfe, 1, 2, (guint8)(i + 1) };

    g_byte_array_append (bytes, interface, sizeof interface);
  }
  g_byte_array_append (bytes, functional, sizeof functional);
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
kit_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  return TRUE;
}

static gboolean
kit_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  return TRUE;
}

/* GET_DESCRIPTOR of a string; number 0 is the list of languages. */
static gssize
kit_control (JmpUsb *usb,
             const JmpUsbSetup *setup,
             guint8 *data,
             guint timeout_ms,
             GCancellable *cancellable,
             GError **error)
{
  Kit *self = (Kit *)usb;
  guint index = setup->value & 0xff;
  const char *text = index > 0 && index <= self->n ? self->layouts[index - 1] : "";
  guint8 reply[255] = { 4, 3, 9, 4 };

  assert_int_equal (setup->request, 6);
  assert_true (strlen (text) < 126);
  if (index > 0)
    reply[0] = (guint8)(2 + 2 * strlen (text));
  for (guint i = 0; index > 0 && text[i] != '\0'; i++) {
    reply[2 + 2 * i] = (guint8)text[i];
    reply[3 + 2 * i] = 0;
  }
  memcpy (data, reply, MIN (reply[0], setup->length));
  return MIN (reply[0], setup->length);
}

static gboolean
kit_reset (JmpUsb *usb, GError **error)
{
  return TRUE;
}

static void
kit_free (JmpUsb *usb)
{
  g_free (usb);
}

JmpDfuInfo *
kit_info_new (const char *const *layouts)
{
  static const JmpUsbOps ops = {
    .descriptors = kit_descriptors,
    .claim = kit_claim,
    .set_alt = kit_set_alt,
    .control = kit_control,
    .reset = kit_reset,
    .now = jmp_usb_real_now,
    .wait = jmp_usb_real_wait,
    .free = kit_free,
  };
  Kit *kit = g_new0 (Kit, 1);
  g_autoptr (JmpUsb) usb = &kit->parent;
  g_autoptr (GError) error = NULL;
  JmpDfuInfo *info;

  kit->parent.ops = &ops;
  kit->layouts = layouts;
  kit->n = g_strv_length ((char **)layouts);
  info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  assert_int_equal (info->alts->len, kit->n);
  return info;
}

JmpImage *
kit_image_new (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (parts[i], " ", -1);
    gsize length = (gsize)g_ascii_strtoull (words[2], NULL, 0);
    g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (length), length);

    jmp_image_builder_add (builder,
                           (guint8)g_ascii_strtoull (words[0], NULL, 0),
                           g_ascii_strtoull (words[1], NULL, 0),
                           bytes,
                           &error);
    assert_no_error (error);
  }
  image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
  assert_no_error (error);
  return image;
}

JmpPlan *
kit_flash_new (JmpDfuInfo *info, const char *text)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (JmpImage) image = kit_image_new (text);
  g_autoptr (GError) error = NULL;
  JmpPlan *plan = jmp_plan_flash (image, info, &options, &error);

  assert_no_error (error);
  return plan;
}

static JmpPhase
phase_of (JmpStepKind kind)
{
  static const JmpPhase phases[] = {
    [JMP_STEP_ERASE] = JMP_PHASE_ERASE,   [JMP_STEP_WRITE] = JMP_PHASE_WRITE,
    [JMP_STEP_VERIFY] = JMP_PHASE_VERIFY, [JMP_STEP_READ] = JMP_PHASE_BACKUP,
    [JMP_STEP_LEAVE] = JMP_PHASE_LEAVE,
  };

  return phases[kind];
}

JmpProgress
kit_progress (JmpPlan *plan, guint step, guint32 address, guint32 length)
{
  guint n = 0;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n);

  assert_true (step < n);
  return (JmpProgress){
    .phase = phase_of (steps[step].kind),
    .step = step,
    .alt = steps[step].alt,
    .address = address,
    .length = length,
  };
}

guint
kit_find_step (JmpPlan *plan, JmpStepKind kind, guint32 address)
{
  guint n = 0;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n);

  for (guint i = 0; i < n; i++)
    if (steps[i].kind == kind && address >= steps[i].address
        && address - steps[i].address < steps[i].length)
      return i;
  fail_msg ("no step of kind %d at 0x%08x", (int)kind, address);
  return n;
}

char *
kit_states_to_string (GArray *spans, const JmpMapWork *work)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++) {
    const JmpMapSpan *span = &g_array_index (spans, JmpMapSpan, i);
    JmpMapNow now = jmp_map_state_of (span, work, FALSE);

    if (now.state == JMP_MAP_UNTOUCHED)
      continue;
    g_string_append_printf (text,
                            "%s%u:%s",
                            text->len > 0 ? " " : "",
                            span->first,
                            jmp_map_state_to_string (now.state));
    if (jmp_map_state_is_work (now.state))
      g_string_append_printf (text, " %.0f%%", now.fraction * 100);
  }
  return g_string_free (text, FALSE);
}

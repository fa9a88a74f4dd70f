// Emoji by Slack's names: the ones that people and bots use most.

const NAMES = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", wave: "👋", raised_hands: "🙌", clap: "👏", pray: "🙏", muscle: "💪",
  point_right: "👉", point_down: "👇", ok_hand: "👌", handshake: "🤝", writing_hand: "✍️", eyes: "👀", brain: "🧠", speech_balloon: "💬",
  smile: "😄", slightly_smiling_face: "🙂", grinning: "😀", joy: "😂", blush: "😊", wink: "😉", thinking_face: "🤔", cry: "😢",
  sob: "😭", confused: "😕", disappointed: "😞", scream: "😱", sunglasses: "😎", hugging_face: "🤗", nerd_face: "🤓", robot_face: "🤖",
  heart: "❤️", green_heart: "💚", blue_heart: "💙", yellow_heart: "💛", sparkles: "✨", star: "⭐", star2: "🌟", fire: "🔥", tada: "🎉",
  rocket: "🚀", bulb: "💡", white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", no_entry: "⛔",
  no_entry_sign: "🚫", warning: "⚠️", exclamation: "❗", question: "❓", grey_question: "❔", information_source: "ℹ️", bell: "🔔",
  no_bell: "🔕", mag: "🔍", mag_right: "🔎", lock: "🔒", unlock: "🔓", key: "🔑", link: "🔗", paperclip: "📎", pushpin: "📌", bookmark: "🔖",
  page_facing_up: "📄", bookmark_tabs: "📑", books: "📚", book: "📖", open_book: "📖", notebook: "📓", clipboard: "📋", memo: "📝",
  pencil: "📝", pencil2: "✏️", file_folder: "📁", open_file_folder: "📂", card_index_dividers: "🗂️", newspaper: "📰", inbox_tray: "📥",
  email: "📧", envelope: "✉️", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", clock1: "🕐", alarm_clock: "⏰", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", stopwatch: "⏱️", bar_chart: "📊", chart_with_upwards_trend: "📈", gear: "⚙️", wrench: "🔧", hammer: "🔨",
  arrows_counterclockwise: "🔄", recycle: "♻️", repeat: "🔁", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️",
  hospital: "🏥", stethoscope: "🩺", pill: "💊", ambulance: "🚑", microscope: "🔬", dna: "🧬", computer: "💻", telephone_receiver: "📞",
  office: "🏢", house: "🏠", busts_in_silhouette: "👥", bust_in_silhouette: "👤", knot: "🪢", compass: "🧭", coffee: "☕", sunny: "☀️",
  snowflake: "❄️", seedling: "🌱", evergreen_tree: "🌲", "flag-fi": "🇫🇮", "flag-se": "🇸🇪", "flag-gb": "🇬🇧", "flag-eu": "🇪🇺", gb: "🇬🇧",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", large_orange_circle: "🟠", white_circle: "⚪", black_circle: "⚫",
  large_blue_circle: "🔵", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", speaking_head_in_silhouette: "🗣️",
};

/** The character of an emoji, or its name between colons where the page has none. */
export function emoji(name) {
  return NAMES[name.split("::")[0]] ?? `:${name}:`;
}

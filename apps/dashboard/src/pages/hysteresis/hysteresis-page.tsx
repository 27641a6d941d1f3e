export default function Page() {
  return <h1>hysteresis</h1>;
}
